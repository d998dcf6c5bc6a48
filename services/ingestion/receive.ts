import {randomUUID} from 'node:crypto';
import {documentReceived, type receipt} from '#events';
import {
  type CloudEvent,
  type DoorContext,
  type DoorRequest,
  decode,
  deriveId,
  encodeStructured,
  type Represented,
} from '#kit';
import type {Extractor} from './extract/extract.ts';
import {keepOriginal, type Original} from './keep-original.ts';
import {readUpload} from './read-upload.ts';
import {claim, type UploadTables} from './uploads.ts';

type Context = DoorContext<UploadTables, typeof documentReceived, Extractor>;

/**
 * The front door: one document by `multipart/form-data` (field `file`) or as the body itself. Answers 202 when its
 * bytes are kept and the broker has the event; nobody waits here for what follows.
 *
 * `Idempotency-Key`: the same key of the same person is the same document, however often it is sent; with other bytes
 * it is 422. Who sends is what the way in has signed: two people's keys never meet.
 */
export async function receive(request: DoorRequest, context: Context): Promise<Represented<typeof receipt>> {
  const key = idempotencyKey(request);
  const upload = await readUpload(request);
  const documentId = `doc-${key === undefined ? randomUUID() : deriveId('idempotency-key', context.person.name, key)}`;
  const id = deriveId('received', documentId);
  const original = await keepOriginal(context.blobs, {documentId, eventId: id}, upload);
  const draft = documentReceived({documentId, ...original, channel: 'upload'});
  const event = context.event(draft, {id, time: new Date()});
  if (key === undefined) await context.publish(event);
  else await publishOnce(request, event, {documentId, ...original}, context);
  request.status = 202;
  request.set('Location', `/api/archive/documents/${documentId}`);
  return {
    documentId,
    eventId: id,
    status: 'received',
    links: {self: `/api/archive/documents/${documentId}`},
  };
}

/** A key that was used before publishes the event of that time, byte for byte, or nothing when the document is another. */
async function publishOnce(
  request: DoorRequest,
  event: CloudEvent,
  {documentId, sha256, original}: Original & {documentId: string},
  context: Context,
): Promise<void> {
  const {headers, body} = encodeStructured(event);
  const first = await claim(context.database, {
    document_id: documentId,
    sha256,
    event: body,
    created_at: new Date().toISOString(),
  });
  if (first.sha256 !== sha256) {
    await context.blobs.erase(original);
    return request.throw(
      422,
      'This Idempotency-Key was used for a document with other bytes. Use a new key for a new document.',
      {expose: true},
    );
  }
  await context.publish(decode(headers, Buffer.from(first.event)));
}

function idempotencyKey(request: DoorRequest): string | undefined {
  const key = request.get('Idempotency-Key');
  if (key === '') return undefined;
  if (key.length > 256)
    return request.throw(400, `Expected an Idempotency-Key of at most 256 characters, got ${key.length}.`);
  return key;
}
