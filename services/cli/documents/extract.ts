import {Failure} from '../failure.ts';
import type {Source} from './source.ts';

/** What is used of `services/ingestion/extract/extract.ts`, which is loaded by its name as services are. */
export interface Extractor {
  extract(
    bytes: Uint8Array,
    hints: Hints,
  ): Promise<Read | {readonly outcome: 'rejected'; readonly reason: string}>;
  close(): Promise<void>;
}

interface Hints {
  readonly filename: string | null;
  readonly contentType: string | null;
}

interface Sender {
  readonly name: string | null;
  readonly address: string | null;
}

interface Read {
  readonly outcome: 'ingested';
  readonly contentType: string;
  readonly title: string | null;
  readonly sender: Sender | null;
  readonly text: string;
  readonly language: string | null;
  readonly pages: number | null;
  readonly pagesRead: number | null;
  readonly attachments: readonly (Hints & {readonly bytes: Uint8Array})[];
}

/** A document as it was read, with what is attached to it. */
export interface Extracted {
  /** Its path; of what is attached its name. */
  readonly file: string | null;
  /** `failed`: the file can't be opened, and `error` says why. */
  readonly status: 'ingested' | 'rejected' | 'failed';
  /** Why it was rejected. */
  readonly reason: string | null;
  readonly error?: string;
  readonly contentType: string | null;
  readonly language: string | null;
  readonly title: string | null;
  readonly sender: Sender | null;
  readonly pages: number | null;
  readonly pagesRead: number | null;
  /** Of its text, in UTF-16 units. */
  readonly characters: number;
  readonly text: string;
  readonly parts: readonly Extracted[];
}

/** What is known of a document that was not read. */
const unread = {
  reason: null,
  contentType: null,
  language: null,
  title: null,
  sender: null,
  pages: null,
  pagesRead: null,
  characters: 0,
  text: '',
  parts: [],
} as const;

/** Reads a file, and what is attached to it, as ingestion does. */
export async function extract(
  source: Source,
  extractor: Extractor,
  contentType: string | null,
): Promise<Extracted> {
  const {file, filename} = source;
  try {
    const bytes = new Uint8Array(await (await source.open()).arrayBuffer());
    return {...(await read({filename, contentType, bytes}, extractor)), file};
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {file, status: 'failed', ...unread, error: error.message};
  }
}

async function read(
  {bytes, ...hints}: Hints & {readonly bytes: Uint8Array},
  extractor: Extractor,
): Promise<Extracted> {
  const found = await extractor.extract(bytes, hints);
  const {filename} = hints;
  if (found.outcome === 'rejected')
    return {file: filename, status: 'rejected', ...unread, reason: found.reason};
  const parts: Extracted[] = [];
  for (const attachment of found.attachments) parts.push(await read(attachment, extractor));
  return {...shownOf(found), file: filename, parts};
}

function shownOf(found: Read): Omit<Extracted, 'file' | 'parts'> {
  const {contentType, language, title, sender, pages, pagesRead, text} = found;
  const characters = text.length;
  return {
    status: 'ingested',
    reason: null,
    contentType,
    language,
    title,
    sender,
    pages,
    pagesRead,
    characters,
    text,
  };
}
