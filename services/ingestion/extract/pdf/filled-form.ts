import {type Annotation, entryOf} from './annotations.ts';
import type {Box} from './geometry.ts';
import {closing} from './open-pdf.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** What somebody typed or chose in a field of a form (PDF 32000-1 §12.7). */
export interface Entry {
  box: Box;
  /** Its name in the form, often a program's; may be empty. */
  name: string;
  /** What it is for, in words for people; mostly empty. */
  purpose: string;
  /** A box or a button is ticked; of buttons, one of several. */
  kind: 'words' | 'box' | 'button';
  /** What was typed; of a box or button that is on, what that stands for. */
  value: string;
}

/** `FPDF_FORMFIELD_…`. */
const fields = {checkBox: 2, radioButton: 3, comboBox: 4, listBox: 5, text: 6} as const;
/** A field that shows no letter of what is typed (PDF 32000-1 §12.7.4.3). */
const password = 1 << 13;
/** Options of one field that are looked through for those that were chosen. */
const mostOptions = 1_000;

/** Opens a document's form, and closes it when it was used; 0 where it has none. */
export function withForm<Result>(pdfium: Pdfium, document: Handle, use: (form: Handle) => Result): Result {
  const {calls} = pdfium;
  if (calls.FPDF_GetFormType(document) === 0) return use(0);
  // `FPDF_FORMFILLINFO` of version 2, with no function to call back.
  const callbacks = pdfium.allocate(256);
  pdfium.memory.fill(0, callbacks, callbacks + 256);
  pdfium.memory[callbacks] = 2;
  const form = calls.FPDFDOC_InitFormFillEnvironment(document, callbacks);
  const close = () => {
    if (form !== 0) calls.FPDFDOC_ExitFormFillEnvironment(form);
    calls.free(callbacks);
  };
  return closing(close, () => use(form));
}

/** A field on a page: `form` is 0 where the document has none. */
interface Field {
  pdfium: Pdfium;
  form: Handle;
  handle: Handle;
}

/** What is in a field; undefined where nothing is, or nothing that can be seen. */
export function entryIn(pdfium: Pdfium, form: Handle, {handle, box}: Annotation): Entry | undefined {
  const field = {pdfium, form, handle};
  const type = typeOf(field);
  const kind = type === fields.checkBox ? 'box' : type === fields.radioButton ? 'button' : 'words';
  const value = kind !== 'words' ? ticked(field) : type === fields.text ? typed(field) : chosen(field, type);
  if (value.trim() === '') return undefined;
  const name = asked(field, 'FPDFAnnot_GetFormFieldName') || entryOf(pdfium, handle, 'T');
  const purpose = asked(field, 'FPDFAnnot_GetFormFieldAlternateName') || entryOf(pdfium, handle, 'TU');
  return {box, name, purpose, kind, value};
}

/** A field that the form does not list is one all the same to who looks at the page, and says itself what it is. */
function typeOf({pdfium, form, handle}: Field): number {
  const type = form === 0 ? -1 : pdfium.calls.FPDFAnnot_GetFormFieldType(form, handle);
  if (type > 0) return type;
  const own: Record<string, number> = {Tx: fields.text, Ch: fields.comboBox};
  return own[entryOf(pdfium, handle, 'FT')] ?? 0;
}

function typed(field: Field): string {
  const {pdfium, form, handle} = field;
  if (form !== 0 && (pdfium.calls.FPDFAnnot_GetFormFieldFlags(form, handle) & password) !== 0) return '';
  return asked(field, 'FPDFAnnot_GetFormFieldValue') || entryOf(pdfium, handle, 'V');
}

/** The options that were chosen, as they are shown; else what was typed instead of one. */
function chosen(field: Field, type: number): string {
  const {pdfium, form, handle} = field;
  const {calls} = pdfium;
  if (type !== fields.comboBox && type !== fields.listBox) return '';
  const options = form === 0 ? 0 : Math.min(calls.FPDFAnnot_GetOptionCount(form, handle), mostOptions);
  const labels: string[] = [];
  for (let index = 0; index < options; index++) {
    if (!calls.FPDFAnnot_IsOptionSelected(form, handle, index)) continue;
    labels.push(
      pdfium.text((buffer, bytes) => calls.FPDFAnnot_GetOptionLabel(form, handle, index, buffer, bytes)),
    );
  }
  return labels.join(', ') || typed(field);
}

/** What a box or button that is on stands for; empty when it is off. Its appearance decides (PDF 32000-1 §12.7.4.2.3). */
function ticked(field: Field): string {
  const {pdfium, form, handle} = field;
  const appearance = entryOf(pdfium, handle, 'AS');
  const isOn =
    appearance === '' ? pdfium.calls.FPDFAnnot_IsChecked(form, handle) === 1 : appearance !== 'Off';
  if (!isOn) return '';
  return asked(field, 'FPDFAnnot_GetFormFieldExportValue') || appearance || 'Yes';
}

type Question =
  | 'FPDFAnnot_GetFormFieldName'
  | 'FPDFAnnot_GetFormFieldAlternateName'
  | 'FPDFAnnot_GetFormFieldValue'
  | 'FPDFAnnot_GetFormFieldExportValue';

function asked({pdfium, form, handle}: Field, question: Question): string {
  if (form === 0) return '';
  return pdfium.text((buffer, bytes) => pdfium.calls[question](form, handle, buffer, bytes));
}
