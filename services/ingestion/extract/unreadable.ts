import type {RejectionReason} from '#events';
import type {Static} from '#kit';
import {isNotLoaded} from './load.ts';

/** Why a document can't be read. */
export type Reason = Static<typeof RejectionReason>;

/** Thrown by a reader that knows why a document can't be read. */
export class Unreadable extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, options?: ErrorOptions) {
    super(`The document can't be read: ${reason}.`, options);
    this.name = 'Unreadable';
    this.reason = reason;
  }
}

/** Whether the system refused something, such as to open what reads a format: a document has no part in that. */
export function isOfSystem(error: unknown): boolean {
  return isNotLoaded(error) || (error instanceof Error && 'syscall' in error);
}
