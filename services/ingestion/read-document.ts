import {type documentReceived, Envelope} from '#events';
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
import type {Extraction, Hints} from './extract/extract.ts';
import {isNotLoaded} from './extract/load.ts';
import type {OpenIngestion} from './open-ingestion.ts';

/** What was read, with the ids of the documents that were attached; those are received already. */
export type ReadDocument =
  | (Omit<Extract<Extraction, {outcome: 'ingested'}>, 'attachments'> & {
      filename: string | null;
      attachments: string[];
    })
  | Extract<Extraction, {outcome: 'rejected'}>;

/** What is needed of a handler's context. */
interface Reading {
  cause: CloudEvent;
  blobs: Blobs;
  started: OpenIngestion;
  publish(draft: DraftOf<typeof documentReceived>, part: number): Promise<void>;
}

/** How much reading a mail with everything in it may take, in milliseconds; what is left then is `timed-out`. */
const longestTreeMs = 120_000;

/** What may be read ahead of its turn: larger originals of all that wait would fill the memory. */
const smallBytes = 1024 * 1024;

/**
 * Reads a document when its turn has come, and receives what is attached to it.
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
    const parent = {documentId, root, sender};
    return {...found, filename, attachments: await receiveAttachments(parent, found.attachments, context)};
  });
}

/** Only reading is counted: how long a store or the broker was away is no document's fault. */
async function extractWithin(
  root: string,
  {bytes, hints}: {bytes: Uint8Array; hints: Hints},
  {extractor, spent}: Pick<OpenIngestion, 'extractor' | 'spent'>,
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
