import {readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {type CloudEvent, identity} from './cloudevent.ts';
import {encodeBinary, type HttpMessage} from './codec/http.ts';
import type {Config, SinkBinding} from './config.ts';
import {Defer, messageOf, Reject} from './errors.ts';
import {type PostAnswer, post} from './post.ts';
import {sending} from './telemetry/sending.ts';
import {traceHeaders} from './telemetry/span.ts';

/** Hands an event to the broker; when it resolves, the broker keeps the event. */
export type Publish = (event: CloudEvent) => Promise<void>;

/** The waits before the second, third … attempt, in milliseconds: short, as somebody waits for the answer. */
const waits = [100, 200, 400, 800, 1600];
const silenceMs = 10_000;
/** No attempt begins after this: whoever waits for us waits no longer either. */
const patienceMs = 15_000;

/**
 * Publishes to the broker at the sink, again with growing waits while it is away.
 *
 * Publishing rejects with Defer when the broker stays away, and with Reject when it refuses the event.
 */
export function publisher({sink, sinkBinding}: Pick<Config, 'sink' | 'sinkBinding'>): Publish {
  // `<namespace>/<broker>`, wherever the broker is, and without what comes before it.
  const destination = sink?.pathname.split('/').slice(-2).join('/') ?? '';
  return async (event) => {
    if (sink === undefined) throw new Error('K_SINK is not set, so there is no broker to publish to.');
    await sending({operation: 'publish', destination, event}, () => publishTo(sink, event, sinkBinding));
  };
}

async function publishTo(sink: URL, event: CloudEvent, binding: SinkBinding): Promise<PostAnswer> {
  const message = await boundMessage(event, binding);
  Object.assign(message.headers, traceHeaders());
  let failure = '';
  let cause: unknown;
  const start = performance.now();
  for (const waitMs of [0, ...waits]) {
    if (performance.now() - start > patienceMs) break;
    if (waitMs > 0) await wait(waitMs);
    try {
      const answer = await post(sink, message, {silenceMs, certificates: binding.certificates});
      const {status, body} = answer;
      if (status >= 200 && status < 300) return answer;
      failure = `it answered ${status}: ${body.slice(0, 200)}`;
      if (isRefusal(status))
        throw new Reject(`The broker refused event ${identity(event).id}, as ${failure}`);
    } catch (error) {
      if (error instanceof Reject) throw error;
      failure = messageOf(error);
      cause = error;
    }
  }
  const sentence = `The broker at ${sink.host} could not take event ${identity(event).id}: ${failure}`;
  throw new Defer(sentence, {cause, retryAfter: 5});
}

/** The event with what a SinkBinding wants on it, and the token that says who sends it. */
async function boundMessage(
  {attributes, data}: CloudEvent,
  {extensions, tokenFile}: SinkBinding,
): Promise<HttpMessage> {
  const message = encodeBinary({attributes: {...attributes, ...extensions}, data});
  const token = await readToken(tokenFile);
  if (token !== undefined) message.headers['authorization'] = `Bearer ${token}`;
  return message;
}

/** Read for each event, as Knative writes a new one before the old one ends; undefined where none is mounted. */
async function readToken(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The answers that a repeat would not change, as Knative counts them. */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && ![404, 408, 409, 429].includes(status);
}
