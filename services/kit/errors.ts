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
