/**
 * Documents to text: PDF, DOCX, mail (EML), HTML, plain text, Markdown and CSV.
 *
 * What a document is, is found in its bytes. Reading happens in a thread of its own, since files come from
 * anywhere: none may end the process, hold it up, or fill its memory.
 *
 * Not yet: images and scans (OCR), XLSX, PPTX, ODT, RTF, DOC, MSG, archives. They are `unsupported`, a scanned
 * PDF is `no-text`.
 */
import type {Passage} from '#events';
import type {Correspondence} from './mail/correspondence.ts';
import type {Machine} from './mail/machine.ts';
import {ReadingThread} from './thread.ts';
import type {Reason} from './unreadable.ts';

/** What a document turned out to be. */
export type Extraction =
  | {
      outcome: 'ingested';
      /** As found in the bytes. */
      contentType: string;
      /** Its own title, or the subject of a mail. */
      title: string | null;
      sender: Sender | null;
      /** Of a mail, the mails and people around it; null in other formats. */
      correspondence: Correspondence | null;
      /** What kind of machine wrote a mail; null where a person did, as far as can be told, and in other formats. */
      machine: Machine | null;
      /**
       * Normalized: NFC, lines ended by `\n`, no control or invisible characters. Empty only in mails, and in PDFs that
       * others are embedded in.
       */
      text: string;
      /** In a mail, the passages of the text that its writer wrote anew; null in other formats. */
      own: Passage[] | null;
      /** The passages of the text that its writer wrote anew, with their signature. */
      signed: Passage[];
      /** ISO 639-1; null when there is too little text to tell. */
      language: string | null;
      /** Null in formats without pages. */
      pages: number | null;
      /** Less than `pages` when a limit was reached, or a page is broken or has no words: it is an image. */
      pagesRead: number | null;
      attachments: Attachment[];
    }
  | {outcome: 'rejected'; reason: Reason};

/** Who a mail is from. */
export interface Sender {
  name: string | null;
  address: string | null;
}

/** A document that came inside another one. */
export interface Attachment {
  filename: string | null;
  /** As declared, in lower case; `application/octet-stream` where it is no media type. */
  contentType: string;
  bytes: Uint8Array;
}

/** What was said about a document. It only decides between formats of text that look alike. */
export interface Hints {
  filename: string | null;
  /** With its parameters. */
  contentType: string | null;
}

export interface Extractor {
  /**
   * Reads a document. Documents are read one after another; waiting for the others costs none of the time
   * limit. The bytes are copied first, so the caller may go on using them.
   *
   * @throws Error when the extractor is closed, never for anything the document does.
   */
  extract(bytes: Uint8Array, hints: Hints): Promise<Extraction>;
  /** Starts the reading thread ahead of the first document. Optional, and cheap when it runs already. */
  warm(): Promise<void>;
  /** Ends the thread; documents still in work are not finished. */
  close(): Promise<void>;
}

export interface ExtractorOptions {
  /** Milliseconds for one document, default 20,000. */
  timeoutMs?: number;
  /**
   * Resident bytes of the whole process above which the document in work is given up as `too-large`, default
   * 900 MiB. The container's limit belongs a good way above it: memory is looked at 20 times a second.
   */
  maxRssBytes?: number;
}

/**
 * Makes an extractor. Its thread starts with the first document and stays. There is one, so that whatever
 * memory the process gains is the fault of the document in work; more throughput is more processes.
 */
export function extractor(options: ExtractorOptions = {}): Extractor {
  const {timeoutMs = 20_000, maxRssBytes = 900 * 1024 * 1024} = options;
  const thread = new ReadingThread({timeoutMs, maxRssBytes});
  let last: Promise<unknown> = Promise.resolve();

  return {
    extract(bytes, hints) {
      const copy = Uint8Array.from(bytes);
      const turn = last.then(() => thread.read(copy, hints));
      last = turn.catch(() => undefined);
      return turn;
    },
    warm: () => thread.start(),
    close: () => thread.close(),
  };
}
