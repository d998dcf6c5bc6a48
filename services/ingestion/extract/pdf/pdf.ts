import {type PDFiumDocument, PDFiumLibrary} from '@hyzyla/pdfium';
import {limits} from '../limits.ts';
import type {Reader} from '../reading.ts';
import {Unreadable} from '../unreadable.ts';

let library: Promise<PDFiumLibrary> | undefined;

/** Reads the text layer of PDFs, with PDFium. */
export const readPdf: Reader = async (bytes) => {
  library ??= PDFiumLibrary.init();
  const document = await open(await library, bytes);
  try {
    const reading = readPages(document);
    document.destroy();
    return {title: null, sender: null, attachments: [], ...reading};
  } catch (error) {
    // After a trap or without memory an instance answers nothing right, not even the request to destroy.
    if (isFatal(error)) library = undefined;
    else document.destroy();
    throw error;
  }
};

async function open(pdfium: PDFiumLibrary, bytes: Uint8Array): Promise<PDFiumDocument> {
  try {
    return await pdfium.loadDocument(bytes);
  } catch (cause) {
    // The library's errors are told apart by nothing but their messages.
    const isLocked = cause instanceof Error && /password|security scheme/i.test(cause.message);
    throw new Unreadable(isLocked ? 'encrypted' : 'corrupt', {cause});
  }
}

function readPages(document: PDFiumDocument): {text: string; pages: number; pagesRead: number} {
  const pages = document.getPageCount();
  const texts: string[] = [];
  let characters = 0;
  for (let index = 0; index < Math.min(pages, limits.pages) && characters < limits.characters; index++) {
    const text = pageText(document, index);
    if (text === null) continue;
    texts.push(text);
    characters += text.length;
  }
  if (texts.length === 0) throw new Unreadable('corrupt');
  return {text: texts.join('\n\n'), pages, pagesRead: texts.length};
}

/** A page's text, or null for a page that is broken while others may not be. */
function pageText(document: PDFiumDocument, index: number): string | null {
  try {
    return joinHyphenated(document.getPage(index).getText());
  } catch (error) {
    if (isFatal(error)) throw error;
    return null;
  }
}

function isFatal(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}

/** PDFium marks a hyphen at the end of a line, where a word goes on in the next, as U+0002 or U+FFFE. */
function joinHyphenated(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is PDFium's mark.
  return text.replace(/[\u0002\ufffe](?:\r?\n)?/g, '');
}
