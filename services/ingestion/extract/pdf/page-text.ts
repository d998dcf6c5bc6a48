import {closing} from './open-pdf.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/**
 * The text of a page with PDFium's line and word breaks, for as long as it is used: of all that is active on it.
 *
 * @returns null when the page is broken.
 */
export function withText<Result>(
  pdfium: Pdfium,
  page: Handle,
  use: (text: Handle, words: string) => Result,
): Result | null {
  const {calls} = pdfium;
  const text = calls.FPDFText_LoadPage(page);
  if (text === 0) return null;
  return closing(
    () => calls.FPDFText_ClosePage(text),
    () => use(text, wordsOf(pdfium, text)),
  );
}

function wordsOf(pdfium: Pdfium, text: Handle): string {
  const count = pdfium.calls.FPDFText_CountChars(text);
  if (count <= 0) return '';
  const words = pdfium.textOfUnits(count + 1, (buffer) =>
    Math.max(0, pdfium.calls.FPDFText_GetText(text, 0, count, buffer) - 1),
  );
  return joinHyphenated(words);
}

/** PDFium marks a hyphen at the end of a line, where a word goes on in the next, as U+0002 or U+FFFE. */
function joinHyphenated(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is PDFium's mark.
  return text.replace(/[\u0002\ufffe](?:\r?\n)?/g, '');
}
