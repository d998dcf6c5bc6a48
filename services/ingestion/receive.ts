import {randomUUID} from 'node:crypto';
import {documentReceived, type receipt} from '#events';
import {
  attribute,
  type DoorContext,
  type DoorRequest,
  type DraftOf,
  dataAs,
  deriveId,
  identity,
  type Represented,
  type SaidNow,
} from '#kit';
import {keepOriginal} from './keep-original.ts';
import type {OpenIngestion} from './open-ingestion.ts';
import {readUpload, type Upload} from './read-upload.ts';
import type {IngestionTables} from './tables.ts';
import {earlierUpload, keepUpload} from './uploads.ts';

type Context = DoorContext<IngestionTables, typeof documentReceived, OpenIngestion>;

/**
 * The front door: one document by `multipart/form-data` (field `file`) or as the body itself. Answers 202 when its
 * bytes are kept and the broker has the event; nobody waits here for what follows.
 *
 * `Idempotency-Key`: the same key of the same person is the same document, however often it is sent; with other bytes
 * it is 422. A repeat gets the same answer, and `Idempotent-Replayed: true` beside it. Who sends is what the way in has
 * signed: two people's keys never meet. With a key, a 503 means that the document is kept and goes on when the broker is
 * back; without one that nothing was done, as it would be another document when it is sent again.
 */
export async function receive(request: DoorRequest, context: Context): Promise<Represented<typeof receipt>> {
  const key = idempotencyKey(request);
  refuseWhoseWait(request, context);
  const holding = context.started.room.enter(() => request.req.destroy());
  try {
    return await receiveUpload(request, {key, ...(await readUpload(request, holding))}, context);
  } finally {
    holding.leave();
  }
}

async function receiveUpload(
  request: DoorRequest,
  {key, ...upload}: Upload & {key: string | undefined},
  context: Context,
): Promise<Represented<typeof receipt>> {
  const documentId = `doc-${key === undefined ? randomUUID() : deriveId('idempotency-key', context.person.name, key)}`;
  const id = context.saidId(documentReceived, documentId);
  const original = await keepOriginal(
    context.blobs,
    {documentId, eventId: id},
    {...upload, sender: context.person.name},
  );
  const draft = documentReceived({documentId, ...original, channel: 'upload'});
  const {event, isRepeat} =
    key === undefined
      ? await context.say(draft, {key: documentId, whileAway: 'not said'})
      : await sayOnce(request, draft, context);
  const receivedAt = attribute(event, 'time');
  request.status = 202;
  // Beside the answer and not in it: a repeat is answered with the same bytes.
  if (isRepeat) request.set('Idempotent-Replayed', 'true');
  request.set('Location', `/api/archive/documents/${documentId}`);
  return {
    documentId,
    eventId: identity(event).id,
    status: 'received',
    ...(receivedAt === undefined ? {} : {receivedAt}),
    links: {self: `/api/archive/documents/${documentId}`},
  };
}

/** A key that was used before says the event of that time, byte for byte, or nothing when the document is another. */
async function sayOnce(
  request: DoorRequest,
  draft: DraftOf<typeof documentReceived>,
  context: Context,
): Promise<SaidNow> {
  const {documentId, sha256, original} = draft.data;
  const said = await context.say(draft, {
    key: documentId,
    known: (transaction) => earlierUpload(transaction, documentId),
    change: (transaction, said) => keepUpload(transaction, {documentId, sha256, event: said}),
  });
  if (dataAs(said.event, documentReceived).sha256 === sha256) return said;
  await context.blobs.erase(original);
  return request.throw(
    422,
    'This Idempotency-Key was used for a document with other bytes. Use a new key for a new document.',
    {expose: true},
  );
}

/** How many documents of one sender may wait to be read. */
const mostWaiting = 500;

/** @throws 429 when the sender's documents wait already: more of them would fill the journal, and then nobody's came in. */
function refuseWhoseWait(request: DoorRequest, {started, person}: Context): void {
  const waiting = started.turns.waitedForBy(person.name);
  if (waiting < mostWaiting) return;
  // What is still on its way is let by, so that the sender reads the answer and not a broken connection.
  request.req.resume();
  request.set('Retry-After', '10');
  request.throw(
    429,
    `${waiting} documents of ${person.name} wait to be read: send this one again when fewer do.`,
  );
}

function idempotencyKey(request: DoorRequest): string | undefined {
  const key = request.get('Idempotency-Key');
  if (key === '') return undefined;
  if (key.length > 256)
    return request.throw(400, `Expected an Idempotency-Key of at most 256 characters, got ${key.length}.`);
  return key;
}
