import type {IncomingHttpHeaders} from 'node:http';
import {attribute, type CloudEvent, contentMode, decode, messageOf} from '#kit';

/** What a subscriber answered. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * What an answer means: the event was taken, perhaps with a reply; it is worth trying again; or it never will be
 * taken. `code` is what the dead letter will say, and absent where nothing answered in time.
 */
export type Outcome =
  | {kind: 'delivered'; reply: CloudEvent | null; status: number}
  | {kind: 'retry' | 'failed'; code?: number; body: Buffer | null; message: string};

/** An outcome in which the event was not taken. */
export type Failure = Exclude<Outcome, {kind: 'delivered'}>;

/**
 * Reads a subscriber's answer as Knative does: 404, 408, 409, 429 and all from 500 up are tried again, other
 * failures never. A 2xx with a body that is no event is a failure too, and counts as 502.
 */
export function outcomeOf(answer: Answer): Outcome {
  const {status, body} = answer;
  if (status >= 200 && status < 300) return taken(answer);
  const kind = isRetried(status) ? 'retry' : 'failed';
  return {kind, code: status, body, message: `answered ${status}${excerpt(body)}`};
}

/** A request that ended without an answer is tried again; a reset counts as 500, a time-out has no code. */
export function outcomeOfError(error: unknown, isTimeout: boolean): Outcome {
  const message = messageOf(error);
  if (isTimeout) return {kind: 'retry', body: null, message};
  return {kind: 'retry', code: 500, body: Buffer.from(`dispatch error: ${message}`), message};
}

/** After Knative `SelectiveRetry` (pkg/kncloudevents/retries.go). */
function isRetried(status: number): boolean {
  return status >= 500 || status === 404 || status === 408 || status === 409 || status === 429;
}

function taken({status, headers, body}: Answer): Outcome {
  const mode = contentMode(headers);
  const isKnownVersion = mode !== 'binary' || ['1.0', '0.3'].includes(String(headers['ce-specversion']));
  if ((mode === undefined || !isKnownVersion) && body.length === 0)
    return {kind: 'delivered', reply: null, status};
  try {
    const reply = decode(headers, body);
    return {kind: 'delivered', reply, status};
  } catch (error) {
    // Both Kafka engines take a binary answer without a type for no reply at all.
    if (mode === 'binary' && isKnownVersion && headers['ce-type'] === undefined)
      return {kind: 'delivered', reply: null, status};
    return {
      kind: 'retry',
      code: 502,
      body: null,
      message: `answered ${status} with a body that is no event: ${messageOf(error)}`,
    };
  }
}

function excerpt(body: Buffer): string {
  const text = body.toString('utf8', 0, 300).trim();
  return text === '' ? '' : `: ${text}`;
}

/** What is left of an event's hops: 255 at first, one less with each reply, so that replies can't go round for ever. */
export function hopsLeft(event: CloudEvent): number {
  const hops = Number(attribute(event, hopsAttribute) ?? mostHops);
  return Number.isInteger(hops) ? hops : mostHops;
}

/** Knative's own name for it (pkg/broker/ttl.go). */
export const hopsAttribute = 'knativebrokerttl';
const mostHops = 255;
