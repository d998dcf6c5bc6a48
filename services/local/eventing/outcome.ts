import type {IncomingHttpHeaders} from 'node:http';
import {type CloudEvent, decode, messageOf} from '#kit';
import {contentMode} from '#kit/wire';
import type {Engine} from './engine.ts';

/** What a subscriber answered. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What an answer means: the event was taken, perhaps with a reply, or it was not. */
export type Outcome = {kind: 'delivered'; reply: CloudEvent | null; status: number} | Failure;

/** Who is to take an event can take none now, and it waits for that: no attempt is counted, and it is never given up. */
export interface Held {
  kind: 'held';
  /** For people: what the address did, as in "<address> answered 503". */
  message: string;
  /** Milliseconds until it is worth trying again. */
  afterMs: number;
  /** Whether a person has heard of it already. */
  isSaid: boolean;
}

/** An event was not taken. Worth keeping for as long as it takes to hand it to the dead-letter sink. */
export interface Failure {
  /** Whether it is worth trying again, or never will be taken. */
  kind: 'retry' | 'failed';
  /** What happened: an answer with this status, one that is no event, none at all, none in time, or no room for the reply. */
  cause: 'status' | 'no-event' | 'no-answer' | 'timeout' | 'reply';
  /** The HTTP status; absent when nothing answered. */
  status?: number;
  /** The first bytes of the answer: all that dead letters tell of it. */
  body: Buffer;
  /** For people: what the address did, as in "<address> answered 500". */
  message: string;
}

/**
 * Reads a subscriber's answer as Knative does: 404, 408, 409, 429 and all from 500 up are tried again, other
 * failures never. A 2xx with a body that is no event is a failure too; only class Kafka does not try it again.
 */
export function outcomeOf(answer: Answer, engine: Engine): Outcome {
  const {status, body} = answer;
  if (status >= 200 && status < 300) return taken(answer, engine);
  const kind = isRetried(status) ? 'retry' : 'failed';
  const message = `answered ${status}${excerpt(body)}`;
  return {kind, cause: 'status', status, body: beginning(body), message};
}

/** A request that ended without an answer is tried again. */
export function outcomeOfError(error: unknown, cause: 'no-answer' | 'timeout'): Failure {
  const message = messageOf(error);
  return {kind: 'retry', cause, body: beginning(Buffer.from(`dispatch error: ${message}`)), message};
}

/** The longest that an event is held without looking whether it can be taken, whatever the answer asks for. */
const longestHoldMs = 60_000;

/**
 * Reads the answer of a service that runs here as `outcomeOf` does, but for a 503 that says when to ask again: this
 * machine has no room, and what waits for room is no fault of the event. Knative leaves `Retry-After` alone.
 */
export function outcomeOfService(answer: Answer, engine: Engine): Outcome | Held {
  const seconds = Number(/^\d{1,6}$/.exec(answer.headers['retry-after'] ?? '')?.[0]);
  if (answer.status !== 503 || Number.isNaN(seconds)) return outcomeOf(answer, engine);
  const afterMs = Math.min(Math.max(seconds, 1) * 1000, longestHoldMs);
  return {kind: 'held', message: `answered 503${excerpt(answer.body)}`, afterMs, isSaid: false};
}

/** After Knative `SelectiveRetry` (pkg/kncloudevents/retries.go). */
function isRetried(status: number): boolean {
  return status >= 500 || status === 404 || status === 408 || status === 409 || status === 429;
}

function taken({status, headers, body}: Answer, engine: Engine): Outcome {
  const mode = contentMode(headers);
  const isKnown = mode !== 'binary' || ['1.0', '0.3'].includes(String(headers['ce-specversion']));
  const holdsNone = mode === undefined || !isKnown;
  if (holdsNone && body.length === 0) return {kind: 'delivered', reply: null, status};
  if (mode === 'binary' && isKnown && headers['ce-type'] === undefined) return incomplete(status, engine);
  try {
    return {kind: 'delivered', reply: decode(headers, body), status};
  } catch (error) {
    const kind = engine === 'kafka' ? 'failed' : 'retry';
    const message = `answered ${status} with a body that is no event: ${messageOf(error)}`;
    return {kind, cause: 'no-event', status, body: beginning(body), message};
  }
}

/** A reply without a type: both Kafka engines take it for none, the in-memory one asks the broker, which says no. */
function incomplete(status: number, engine: Engine): Outcome {
  if (engine !== 'mt-inmemory') return {kind: 'delivered', reply: null, status};
  const message = `answered ${status} with an event that has no type`;
  return {kind: 'failed', cause: 'reply', status: 400, body: Buffer.alloc(0), message};
}

/** No engine tells more of an answer than this. A copy, so that the rest of it is not held in memory. */
const mostBytes = 1024;

function beginning(body: Buffer): Buffer {
  return Buffer.from(body.subarray(0, mostBytes));
}

function excerpt(body: Buffer): string {
  const text = body.toString('utf8', 0, 300).trim();
  return text === '' ? '' : `: ${text}`;
}
