import {Answer, Cause, Content, type documentsShown, Envelope, Explanation} from '#events';
import {
  attribute,
  type Blobs,
  type CloudEvent,
  Defer,
  identity,
  messageOf,
  type Represented,
  readWords,
  type Static,
  type TSchema,
} from '#kit';
import {statusOfTold, type Told} from './document.ts';

/** A document as people see it, without its facts: what they say, and the words that they refer to. Erased words are null. */
export async function summaryOf(
  documentId: string,
  told: Told,
  blobs: Blobs,
): Promise<Represented<typeof documentsShown>['documents'][number]> {
  const faults: string[] = [];
  const words: Words = (ref, schema) =>
    readWords(blobs, ref, schema).catch((error: unknown) => {
      // A store that is away comes back; what is broken or forged spoils these words, and no other's.
      if (error instanceof Defer) throw error;
      faults.push(messageOf(error));
      return null;
    });
  const {ingested, attached} = told;
  const received = told.received ?? attached;
  const [content, envelope, explanation, response, deadLetter] = await Promise.all([
    words((ingested ?? attached)?.content, Content),
    words(received?.envelope, Envelope),
    words(told.classified?.explanation, Explanation),
    responseOf(told, words),
    deadLetterOf(told, words),
  ]);
  return {
    documentId,
    status: statusOfTold(told) ?? 'in-work',
    filename: envelope?.filename ?? content?.filename ?? null,
    title: content?.title ?? null,
    sender: content?.sender ?? null,
    metadata: envelope?.metadata ?? {},
    contentType: ingested?.contentType ?? received?.contentType ?? null,
    size: received?.size ?? null,
    language: (ingested ?? attached)?.language ?? null,
    pages: ingested?.pages ?? null,
    receivedAt: told.receivedAt ?? null,
    endedAt: told.endedAt ?? null,
    ...classificationOf(told),
    explanation,
    ...routeOf(told),
    response,
    reason: told.rejected?.reason ?? told.closed?.reason ?? attached?.reason ?? null,
    signals: told.decided?.signals ?? told.classified?.signals ?? [],
    case: told.ingested?.thread?.case ?? null,
    follows: told.ingested?.thread?.follows ?? null,
    claims: told.ingested?.thread?.claims ?? null,
    doubleOf: told.ingested?.doubles?.of ?? null,
    alike: told.ingested?.doubles?.alike ?? [],
    deadLetter,
    attachments: ingested?.attachments ?? [],
    parts: (ingested?.parts ?? []).map(({documentId: id, reason}) => ({documentId: id, reason})),
    parent: received?.parent ?? null,
    faults,
  };
}

function classificationOf({classified, decided}: Told) {
  return {
    category: decided?.category ?? classified?.category ?? null,
    confidence: decided?.confidence ?? classified?.confidence ?? null,
    alternatives: classified?.alternatives ?? [],
    model: classified?.model ?? null,
  };
}

function routeOf({decided}: Told) {
  return {
    queue: decided?.queue ?? null,
    priority: decided?.priority ?? null,
    dueAt: decided?.dueAt ?? null,
    handler: decided?.handler ?? null,
    rule: decided?.rule ?? null,
  };
}

async function responseOf({generated}: Told, words: Words) {
  if (generated === undefined) return null;
  const {responseId, method, missing, needsReview, generator} = generated;
  const answer = await words(generated.draft, Answer);
  const {subject, body, fields} = answer ?? {subject: null, body: null, fields: []};
  return {responseId, subject, body, fields, method, missing, needsReview, generator};
}

async function deadLetterOf({deadLetter}: Told, words: Words) {
  if (deadLetter === undefined) return null;
  const {event, trigger, code, attempts} = deadLetter;
  const cause = await words(deadLetter.cause, Cause);
  return {
    event,
    trigger,
    code,
    attempts,
    destination: cause?.destination ?? null,
    message: cause?.message ?? null,
  };
}

/** Reads what facts refer to; null where they refer to nothing, or it was erased. */
type Words = <Schema extends TSchema>(
  ref: string | null | undefined,
  schema: Schema,
) => Promise<Static<Schema> | null>;

/** A fact in the list of a document's. */
export function factView(fact: CloudEvent) {
  const {type, source, id} = identity(fact);
  return {
    type,
    source,
    service: source.replace(/^\/services\//, ''),
    id,
    time: attribute(fact, 'time') ?? null,
  };
}
