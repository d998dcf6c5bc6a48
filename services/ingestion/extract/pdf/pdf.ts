import {limits} from '../limits.ts';
import {plainReading, type Reader, type Reading} from '../reading.ts';
import {Unreadable} from '../unreadable.ts';
import {countWithin, EmbeddedFiles} from './embedded-files.ts';
import {withForm} from './filled-form.ts';
import {linesOn} from './lines-on-page.ts';
import {withDocument, withPage} from './open-pdf.ts';
import {withText} from './page-text.ts';
import {type Handle, isFatal, Pdfium} from './pdfium.ts';
import {titleOf} from './title.ts';
import {type Effort, paperOf, takeOffUnseen} from './unseen.ts';

let library: Promise<Pdfium> | undefined;

/**
 * Reads PDFs, with PDFium: the words that are seen on their pages, what was typed into their forms, their title, and the
 * files that are embedded in them.
 */
export const readPdf: Reader = async (bytes) => {
  library ??= Pdfium.load();
  const pdfium = await library;
  try {
    return withDocument(pdfium, bytes, (document) =>
      withForm(pdfium, document, (form) => readDocument(pdfium, document, form)),
    );
  } catch (error) {
    // After a trap or without memory an instance answers nothing right.
    if (isFatal(error)) library = undefined;
    throw error;
  }
};

/** How much drawing one document may cost, see `efforts`: some seconds. */
const mostEffort = 4_000_000;

function readDocument(pdfium: Pdfium, document: Handle, form: Handle): Reading {
  const opened = {
    document,
    files: new EmbeddedFiles(pdfium, document),
    form,
    entered: new Set<string>(),
    effort: {left: mostEffort},
  };
  const pages = pdfium.calls.FPDF_GetPageCount(document);
  const texts: string[] = [];
  let characters = 0;
  let isWhole = false;
  for (let index = 0; index < Math.min(pages, limits.pages) && characters < limits.characters; index++) {
    const text = withPage(pdfium, {document, index}, (page) => readPage(pdfium, page, opened));
    if (text === null) continue;
    isWhole = true;
    if (!hasWords(text)) continue;
    texts.push(text);
    characters += text.length;
  }
  const attachments = opened.files.all;
  countWithin(pdfium, attachments);
  if (!isWhole && attachments.length === 0) throw new Unreadable('corrupt');
  const title = titleOf(pdfium, document);
  return {...plainReading(texts.join('\n\n'), title), pages, pagesRead: texts.length, attachments};
}

interface Opened {
  document: Handle;
  form: Handle;
  files: EmbeddedFiles;
  entered: Set<string>;
  effort: Effort;
}

/** What is seen on a page, then what lies on it; null when it is broken. */
function readPage(pdfium: Pdfium, page: Handle, opened: Opened): string | null {
  const paper = paperOf(pdfium, page);
  takeOffUnseen(pdfium, {document: opened.document, page, paper}, opened.effort);
  return withText(pdfium, page, (text, words) =>
    [words, ...linesOn(pdfium, {...opened, page, paper, text})].join('\n'),
  );
}

/** Whether there is a letter or a digit. */
function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
