import {ends, statuses} from '#events';
import {type JsonObject, textAt} from '#kit/json';
import {exit} from '../failure.ts';

/** What became of one file: its document as far as it is known, or why it could not be sent in. */
export interface Outcome extends JsonObject {
  /** As it was given on the command line. */
  readonly file: string;
  /** Null: the file never became a document. */
  readonly documentId: string | null;
  /** `received` where nobody waited; else the document's status, or `failed` where it was not taken. */
  readonly status: string;
  /** What went wrong on this side, as a sentence. */
  readonly error?: string;
}

/** Nothing more will happen to a document by itself. */
export function hasEnded(document: JsonObject): boolean {
  const status = statuses.find((known) => known === document['status']);
  return (status !== undefined && ends[status]) || textAt(document, 'endedAt') !== undefined;
}

/** A file that never became a document. */
export function refused(file: string, error: string): Outcome {
  return {file, documentId: null, status: 'failed', error};
}

/**
 * A file whose document was waited for, with the members that scripts read always there: null where the
 * document has none. Whatever else the document says is kept.
 */
export function waitedFor(outcome: Outcome): JsonObject {
  const {file, documentId, status, ...others} = outcome;
  const absent = {category: null, confidence: null, alternatives: [], queue: null, response: null};
  return {file, documentId, status, ...absent, ...others};
}

/** 0 all went well · 5 some were refused, rejected or failed · 1 some had not ended when the time was up. */
export function exitCodeOf(outcomes: readonly Outcome[], waited: boolean): number {
  const taken = outcomes.filter(({documentId}) => documentId !== null);
  if (waited && !taken.every(hasEnded)) return exit.error;
  const well = waited ? taken.filter(({status}) => status === 'answered') : taken;
  return well.length === outcomes.length ? exit.ok : exit.partial;
}
