import type {Attachment, Hints, Sender} from './extract.ts';
import type {Correspondence} from './mail/correspondence.ts';
import type {Machine} from './mail/machine.ts';

/** What a reader took from a document, before the text is normalized. */
export interface Reading {
  title: string | null;
  sender: Sender | null;
  /** See `Extraction`. */
  machine: Machine | null;
  /** See `Extraction`. */
  correspondence: Correspondence | null;
  text: string;
  pages: number | null;
  pagesRead: number | null;
  attachments: Attachment[];
}

/** Reads the documents of one format. @throws Unreadable; any other error means that the bytes are broken. */
export type Reader = (bytes: Uint8Array, hints: Hints) => Promise<Reading>;

/** The reading of a format that has no pages, sender or attachments. */
export function plainReading(text: string, title: string | null = null): Reading {
  return {
    title,
    sender: null,
    machine: null,
    correspondence: null,
    text,
    pages: null,
    pagesRead: null,
    attachments: [],
  };
}
