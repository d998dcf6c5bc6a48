import {type documentAttached, type documentReceived, Envelope} from '#events';
import {
  BlobChanged,
  type Blobs,
  type CloudEvent,
  type DataOf,
  Defer,
  type DraftOf,
  identity,
  readJson,
  sha256Of,
} from '#kit';
import {receiveAttachments} from './attachments.ts';
import type {Attachment, Extraction, Hints} from './extract/extract.ts';
import {isNotLoaded} from './extract/load.ts';
import type {OpenReading} from './open-ingestion.ts';
import {type Part, readParts} from './parts.ts';

/** What was read, with what came in it; where that goes ways of its own it has been received already. */
export type ReadDocument =
  | (Omit<Extract<Extraction, {outcome: 'ingested'}>, 'attachments'> & {
      filename: string | null;
      /** Ids of all that came directly in it. */
      attachments: string[];
      /** All that came in it at any depth and belongs to it; none where attachments go ways of their own. */
      parts: Part[];
    })
  | Extract<Extraction, {outcome: 'rejected'}>;

/** What is needed of a handler's context. */
interface Reading {
  cause: CloudEvent;
  blobs: Blobs;
  started: OpenReading;
  publish(draft: DraftOf<typeof documentReceived | typeof documentAttached>, part: number): Promise<void>;
}

/** How much reading a mail with everything in it may take, in milliseconds; what is left then is `timed-out`. */
const longestTreeMs = 120_000;

/** How much reading the parts of a document may take, in milliseconds; what is left then is unread. */
const longestPartsMs = 20_000;

/** What may be read ahead of its turn: larger originals of all that wait would fill the memory. */
const smallBytes = 1024 * 1024;

/**
 * Reads a document and what came in it when its turn has come.
 *
 * @throws Defer when others are read for so long that the broker would not wait, or what reads it can't be loaded; BlobChanged when its bytes are not
 * those that came in.
 */
export async function readDocument(
  data: DataOf<typeof documentReceived>,
  context: Reading,
): Promise<ReadDocument> {
  const {documentId, size} = data;
  const {turns, readsAhead} = context.started;
  const envelope = await readJson(context.blobs, data.envelope, Envelope);
  const {filename, contentType, root = documentId, sender = root} = envelope;
  const {source, id} = identity(context.cause);
  const early = readsAhead && size <= smallBytes ? await original(data, context.blobs) : undefined;
  return turns.take({key: JSON.stringify([source, id]), sender, root}, async () => {
    const bytes = early ?? (await original(data, context.blobs));
    const found = await extractWithin(root, {bytes, hints: {filename, contentType}}, context.started);
    if (found.outcome === 'rejected') return found;
    const inside = await readInside({documentId, root, sender}, found.attachments, context);
    return {...found, filename, ...inside};
  });
}

/** What came in a document: parts of it, or documents that go ways of their own. */
async function readInside(
  parent: {documentId: string; root: string; sender: string},
  held: readonly Attachment[],
  context: Reading,
): Promise<{attachments: string[]; parts: Part[]}> {
  const {started} = context;
  if (started.organization.attachments === 'documents')
    return {attachments: await receiveAttachments(parent, held, context), parts: []};
  const began = performance.now();
  const parts = await readParts(parent, held, {
    ...context,
    read: async ({bytes, ...hints}) => {
      if (performance.now() - began > longestPartsMs) return 'unread';
      return extractWithin(parent.root, {bytes, hints}, started);
    },
  });
  return {
    attachments: parts.filter((part) => part.parent === parent.documentId).map((part) => part.documentId),
    parts,
  };
}

/** Only reading is counted: how long a store or the broker was away is no document's fault. */
async function extractWithin(
  root: string,
  {bytes, hints}: {bytes: Uint8Array; hints: Hints},
  {extractor, spent}: Pick<OpenReading, 'extractor' | 'spent'>,
): Promise<Extraction> {
  const before = spent.get(root) ?? 0;
  if (before > longestTreeMs) return {outcome: 'rejected', reason: 'timed-out'};
  const begin = performance.now();
  const found = await extractor.extract(bytes, hints).catch((error: unknown) => {
    throw isNotLoaded(error) ? new Defer(error.message, {cause: error, retryAfter: 5}) : error;
  });
  spent.set(root, before + performance.now() - begin);
  return found;
}

async function original(data: DataOf<typeof documentReceived>, blobs: Blobs): Promise<Uint8Array> {
  const bytes = await blobs.read(data.original);
  if (sha256Of(bytes) !== data.sha256) throw new BlobChanged(data.original);
  return bytes;
}
