import {limits} from '../limits.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** The title that a document has of itself (PDF 32000-1 §14.3.3); null where it is what a program put there. */
export function titleOf(pdfium: Pdfium, document: Handle): string | null {
  const tag = pdfium.name('Title');
  return asTitle(pdfium.text((buffer, bytes) => pdfium.calls.FPDF_GetMetaText(document, tag, buffer, bytes)));
}

/** A title without the name of the program that wrote it; null where only that, or a file's name, is left. */
export function asTitle(written: string): string | null {
  const title = written
    .slice(0, limits.lineCharacters)
    .replace(/^\s*microsoft (word|excel|powerpoint|outlook) ?- ?/i, '')
    .trim();
  const name = title.replace(fileEnding, '');
  const isFile = name !== title && !/\s/.test(name);
  return name === '' || isFile || nameless.test(name) ? null : name;
}

const fileEnding =
  /\.(docx?|docm|dotx?|odt|rtf|txt|pdf|xlsx?|ods|pptx?|odp|indd|qxd|pages|html?|tex|dvi|ps|eps|tiff?|jpe?g|png)$/i;

/** What programs call a document that nobody gave a name. */
const nameless =
  /^\(?(untitled|unnamed|unspecified|no title|unbenannt|ohne titel|sans titre|sin título|senza titolo|sem título|naamloos|bez tytułu|document|dokument|documento|microsoft word|scan|print)\)?[ _-]?\d*$/i;
