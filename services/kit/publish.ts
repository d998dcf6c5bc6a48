import {setTimeout as wait} from 'node:timers/promises';
import {type CloudEvent, identity} from './cloudevent.ts';
import {encodeBinary} from './codec/http.ts';
import {Defer, messageOf, Reject} from './errors.ts';
import {post} from './post.ts';
import {eventAttributes, inSpan, SpanKind, traceHeaders} from './telemetry.ts';

/** Hands an event to the broker; when it resolves, the broker keeps the event. */
export type Publish = (event: CloudEvent) => Promise<void>;

/** The waits before the second, third … attempt, in milliseconds: short, as somebody waits for the answer. */
const waits = [100, 200, 400, 800, 1600];
const timeoutMs = 10_000;
/** No attempt begins after this: whoever waits for us waits no longer either. */
const patienceMs = 15_000;

/**
 * Publishes to the broker at `sink`, again with growing waits while it is away.
 *
 * Publishing rejects with Defer when the broker stays away, and with Reject when it refuses the event.
 */
export function publisher(sink: URL | undefined): Publish {
  return async (event) => {
    if (sink === undefined) throw new Error('K_SINK is not set, so there is no broker to publish to.');
    const {type} = identity(event);
    await inSpan(
      `publish ${type}`,
      {kind: SpanKind.PRODUCER, attributes: eventAttributes(identity(event))},
      () => publishTo(sink, event),
    );
  };
}

async function publishTo(sink: URL, event: CloudEvent): Promise<void> {
  const message = encodeBinary(event);
  Object.assign(message.headers, traceHeaders());
  let failure = '';
  let cause: unknown;
  const start = performance.now();
  for (const waitMs of [0, ...waits]) {
    if (performance.now() - start > patienceMs) break;
    if (waitMs > 0) await wait(waitMs);
    try {
      const {status, body} = await post(sink, message, timeoutMs);
      if (status >= 200 && status < 300) return;
      failure = `it answered ${status}: ${body.slice(0, 200)}`;
      if (isRefusal(status))
        throw new Reject(`The broker refused event ${identity(event).id}, as ${failure}`);
    } catch (error) {
      if (error instanceof Reject) throw error;
      failure = messageOf(error);
      cause = error;
    }
  }
  throw new Defer(`The broker at ${sink.host} could not take event ${identity(event).id}: ${failure}`, {
    cause,
  });
}

/** The answers that a repeat would not change, as Knative counts them. */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && ![404, 408, 409, 429].includes(status);
}
