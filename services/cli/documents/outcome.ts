import {type documentShown, ends, type receipt, type Status} from '#events';
import type {Represented} from '#kit';
import {exit} from '../failure.ts';

/** A document as the archive shows it. */
export type Document = Represented<typeof documentShown>;

/** What is known of a document, which may be next to nothing: what tables show. */
export type Listed = Partial<Omit<Document, 'documentId' | 'status'>> &
  Partial<Omit<Represented<typeof receipt>, 'documentId' | 'status' | 'receivedAt'>> & {
    /** Null: the file never became a document. */
    readonly documentId: string | null;
    /** `received` where nobody waited; else the document's status, or `failed` where it was not taken. */
    readonly status: Status | 'received';
    /** What went wrong on this side, as a sentence. */
    readonly error?: string;
  };

/** What became of one file: its document as far as it is known, or why it could not be sent in. */
export type Outcome = Listed & {
  /** As it was given on the command line, or found in a folder that was. */
  readonly file: string;
  /** DIP had taken it before this was sent. */
  readonly repeat?: boolean;
  /** The file of the same name and bytes that was given before it. */
  readonly sameAs?: string;
};

/** The same outcomes; those of one document say which file is the same, and only the first whether it is a repeat. */
export function withDoublesNamed(outcomes: readonly Outcome[]): Outcome[] {
  const byDocument = Map.groupBy(outcomes, ({documentId}) => documentId);
  return outcomes.map((outcome) => {
    const same = outcome.documentId === null ? [] : (byDocument.get(outcome.documentId) ?? []);
    const [first = outcome] = same;
    if (same.length < 2) return outcome;
    // Of some sent at once, any may have been the first to arrive.
    if (outcome === first) return {...outcome, repeat: same.every(({repeat}) => repeat === true)};
    return {...outcome, repeat: true, sameAs: first.file};
  });
}

/** Nothing more will happen to a document by itself. */
export function hasEnded({status}: Listed): boolean {
  return status !== 'received' && ends[status];
}

/** A file that never became a document. */
export function refused(file: string, error: string): Outcome {
  return {file, documentId: null, status: 'failed', error};
}

/**
 * A file whose document was waited for, with the members that scripts read always there: null where the
 * document has none. Whatever else the document says is kept.
 */
export function waitedFor(outcome: Outcome): Outcome {
  const {file, documentId, status, ...others} = outcome;
  const absent = {category: null, confidence: null, alternatives: [], queue: null, response: null};
  return {file, documentId, status, ...absent, ...others};
}

/** 0 all went well · 5 some were refused, rejected or failed · 1 some had not ended when the time was up. */
export function exitCodeOf(outcomes: readonly Outcome[], waited: boolean): number {
  const taken = outcomes.filter(({documentId}) => documentId !== null);
  if (waited && !taken.every(hasEnded)) return exit.error;
  const well = waited ? taken.filter(({status}) => status === 'answered' || status === 'closed') : taken;
  return well.length === outcomes.length ? exit.ok : exit.partial;
}
