import {createHash, randomUUID} from 'node:crypto';
import {documentReceived, type Envelope} from '#events';
import {type CloudEvent, type DoorContext, type DoorRequest, decode, deriveId, encodeStructured} from '#kit';
import {mediaTypeOrBytes} from './media-type.ts';
import {readUpload, type Upload} from './read-upload.ts';
import {claim, type UploadTables} from './uploads.ts';

type Context = DoorContext<UploadTables, typeof documentReceived>;

/**
 * The front door: one document by `multipart/form-data` (field `file`) or as the body itself. Answers 202 when its
 * bytes are kept and the broker has the event; nobody waits here for what follows.
 *
 * `Idempotency-Key`: the same key is the same document, however often it is sent; with other bytes it is 422.
 */
export async function receive(request: DoorRequest, context: Context): Promise<void> {
  const key = idempotencyKey(request);
  const upload = await readUpload(request);
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex');
  const documentId = `doc-${key === undefined ? randomUUID() : deriveId('idempotency-key', key)}`;
  const event = await keep(upload, {documentId, sha256}, context);
  if (key === undefined) await context.publish(event);
  else await publishOnce(request, event, {documentId, sha256}, context);
  request.status = 202;
  request.set('Location', `/api/archive/documents/${documentId}`);
  request.body = {
    documentId,
    eventId: event.attributes['id'],
    status: 'received',
    links: {self: `/api/archive/documents/${documentId}`},
  };
}

interface Identity {
  documentId: string;
  sha256: string;
}

/** Keeps the words of an upload and makes the event that names them. */
async function keep(upload: Upload, {documentId, sha256}: Identity, context: Context): Promise<CloudEvent> {
  const {bytes, filename, contentType, metadata} = upload;
  const id = deriveId('received', documentId);
  const envelope: Envelope = {filename, contentType, metadata};
  const envelopeBytes = Buffer.from(JSON.stringify(envelope));
  const envelopeHash = createHash('sha256').update(envelopeBytes).digest('hex');
  const folder = `documents/${documentId}/${id}`;
  const original = `${folder}/original.${sha256.slice(0, 16)}`;
  const envelopeRef = `${folder}/envelope.${envelopeHash.slice(0, 16)}.json`;
  await context.blobs.write(original, bytes);
  await context.blobs.write(envelopeRef, envelopeBytes);
  const draft = documentReceived({
    documentId,
    original,
    envelope: envelopeRef,
    contentType: mediaTypeOrBytes(contentType),
    size: bytes.length,
    sha256,
    channel: 'upload',
  });
  return context.event(draft, {id, time: new Date()});
}

/** A key that was used before publishes the event of that time, byte for byte, or nothing when the document is another. */
async function publishOnce(
  request: DoorRequest,
  event: CloudEvent,
  {documentId, sha256}: Identity,
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
