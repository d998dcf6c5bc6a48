import {eachAnnotation, entryOf, subtypes} from './annotations.ts';
import type {EmbeddedFiles} from './embedded-files.ts';
import {type Entry, entryIn} from './filled-form.ts';
import type {Box} from './geometry.ts';
import {entryLines} from './labels.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** A page whose annotations are read. */
export interface Annotated {
  page: Handle;
  paper: Box;
  /** The page's text, see `withText`. */
  text: Handle;
  form: Handle;
  /** Where files that lie on the page go. */
  files: EmbeddedFiles;
  /** What was said already: a field can be on several pages. */
  entered: Set<string>;
}

/** What lies on a page: what was typed and chosen in its fields, then what a viewer wrote on it (`FreeText`). */
export function linesOn(pdfium: Pdfium, {page, paper, text, form, files, entered}: Annotated): string[] {
  const boxes: Box[] = [];
  const entries: Entry[] = [];
  const written: string[] = [];
  eachAnnotation(pdfium, page, paper, (annotation) => {
    const {handle, subtype, box} = annotation;
    if (subtype === subtypes.attachedFile) files.add(pdfium.calls.FPDFAnnot_GetFileAttachment(handle));
    if (subtype === subtypes.freeText) written.push(entryOf(pdfium, handle, 'Contents'));
    if (subtype !== subtypes.widget) return;
    boxes.push(box);
    const entry = entryIn(pdfium, form, annotation);
    if (entry && isNew(entry, entered)) entries.push(entry);
  });
  const lines = [
    ...entryLines(pdfium, {text, boxes, entries}),
    ...written.filter((line) => line.trim() !== ''),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A field without a name is another one each time. */
function isNew({name, value}: Entry, entered: Set<string>): boolean {
  const key = `${name}\n${value}`;
  if (name !== '' && entered.has(key)) return false;
  entered.add(key);
  return true;
}
