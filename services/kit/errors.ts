/**
 * The event can never be handled: answered 400, so the broker sends it to the dead letters at once.
 * For an event that breaks its contract, not for a document that can't be read: that is a fact of its own.
 */
export class Reject extends Error {
  override readonly name = 'Reject';
}

/**
 * The event can't be handled now, as something it needs is down: answered 503, so the broker tries again by its
 * own back-off.
 */
export class Defer extends Error {
  override readonly name = 'Defer';
  /**
   * Seconds after which it is worth asking again, answered as `Retry-After`: on one machine the event is held until it
   * is taken, and is never given up for that. Undefined: nobody can say, and every attempt counts. On a cluster every
   * attempt does, whatever is said.
   */
  readonly retryAfter: number | undefined;

  constructor(message: string, {retryAfter, ...options}: ErrorOptions & {retryAfter?: number} = {}) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

/** What becomes of an event whose handling ended with this error. */
export function outcomeOfError(error: unknown): 'rejected' | 'deferred' | 'failed' {
  if (error instanceof Reject) return 'rejected';
  return error instanceof Defer ? 'deferred' : 'failed';
}

/** What went wrong, in words, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
