import type {RejectionReason} from '#events';
import type {Static} from '#kit';

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
