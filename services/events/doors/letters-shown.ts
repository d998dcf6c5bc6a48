import {representation, Type} from '#kit';
import {deadletterKept} from '../deadletter-kept.ts';
import {orNull, Text} from '../values.ts';
import {StructuredEvent} from './facts-shown.ts';

const {documentId, code} = deadletterKept.schema.properties;

/** A dead letter, with the cause in the words of whoever refused it: null where nobody said any, or they were erased. */
const Letter = Type.Object({
  /** The id of the `deadletter.kept` that tells of it. */
  letterId: Type.String(),
  documentId,
  event: Type.Object({source: Type.String(), id: Type.String(), type: Type.String()}),
  trigger: orNull(Type.String()),
  code,
  destination: Text,
  message: Text,
  keptAt: Type.String(),
});

const letter = {
  letterId: 'kept-1',
  documentId: deadletterKept.example.documentId,
  event: deadletterKept.example.event,
  trigger: deadletterKept.example.trigger,
  code: 500,
  destination: 'http://classification.dip.svc.cluster.local/events',
  message: 'The database is away.',
  keptAt: '2026-01-15T09:00:00.000Z',
};

/** A page of dead letters. */
export const lettersShown = representation('letters', {
  description: 'Events that a trigger gave up, the latest first, each with why.',
  schema: Type.Object({letters: Type.Array(Letter)}),
  example: {letters: [letter]},
});

/** One dead letter. */
export const letterShown = representation('letter', {
  description: 'An event that a trigger gave up, with why, and the event as it came.',
  schema: Type.Object({
    ...Letter.properties,
    /** As it was before it was given up; null: it was erased. */
    whole: orNull(StructuredEvent),
  }),
  example: {...letter, whole: {specversion: '1.0', ...letter.event}},
});
