import {type Box, commonArea} from './geometry.ts';
import {closing} from './open-pdf.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** What lies on a page instead of in its content (PDF 32000-1 §12.5). */
export interface Annotation {
  handle: Handle;
  /** `FPDF_ANNOT_…`, see `subtypes`. */
  subtype: number;
  box: Box;
}

export const subtypes = {freeText: 3, attachedFile: 17, widget: 20} as const;

/** Bits of its flags (PDF 32000-1 §12.5.3): Hidden and NoView. */
const unseen = 2 | 32;
/** Of a page; those after them are left out. */
const mostAnnotations = 10_000;

/** Uses each annotation of a page that is seen on it. */
export function eachAnnotation(
  pdfium: Pdfium,
  page: Handle,
  paper: Box,
  use: (annotation: Annotation) => void,
): void {
  const {calls} = pdfium;
  const count = Math.min(calls.FPDFPage_GetAnnotCount(page), mostAnnotations);
  for (let index = 0; index < count; index++) {
    const handle = calls.FPDFPage_GetAnnot(page, index);
    if (handle === 0) continue;
    closing(
      () => calls.FPDFPage_CloseAnnot(handle),
      () => {
        const box = boxOf(pdfium, handle);
        const isSeen = (calls.FPDFAnnot_GetFlags(handle) & unseen) === 0 && commonArea(box, paper) > 0;
        if (isSeen) use({handle, subtype: calls.FPDFAnnot_GetSubtype(handle), box});
      },
    );
  }
}

/** A text in an annotation's dictionary, empty where there is none. */
export function entryOf(pdfium: Pdfium, annotation: Handle, key: string): string {
  const name = pdfium.name(key);
  return pdfium.text((buffer, bytes) =>
    pdfium.calls.FPDFAnnot_GetStringValue(annotation, name, buffer, bytes),
  );
}

function boxOf(pdfium: Pdfium, annotation: Handle): Box {
  const sides = pdfium.floats(4, (at) => pdfium.calls.FPDFAnnot_GetRect(annotation, at));
  const [left = 0, top = 0, right = 0, bottom = 0] = sides ?? [];
  return {
    left: Math.min(left, right),
    right: Math.max(left, right),
    bottom: Math.min(top, bottom),
    top: Math.max(top, bottom),
  };
}
