import type {CloudEvent} from '../cloudevent.ts';
import {eventAttributes, operationAttributes} from './attributes.ts';
import {eventSent, isMeasuring} from './metrics.ts';
import {type Describe, errorTypeOf, inSpan} from './span.ts';
import type {TraceContext} from './trace-context.ts';

/** One event on its way to one place. */
export interface Sent {
  operation: 'publish' | 'deliver';
  /** One of few names, with no ports or ids in it. */
  destination: string;
  event: CloudEvent;
  /** The trigger that it is for. (Default: none) */
  subscription?: string;
  /** (Default: the span around it) */
  parent?: TraceContext | undefined;
}

/** Runs what sends an event, in a span and measured. A status from 400 is an error, though an answer came. */
export async function sending<Answer extends {status: number}>(
  sent: Sent,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const {operation, destination} = sent;
  const start = performance.now();
  let error: string | undefined;
  const attempt = async (describe: Describe): Promise<Answer> => {
    const answer = await run();
    if (answer.status >= 400) error = String(answer.status);
    describe({
      'http.response.status_code': answer.status,
      ...(error === undefined ? {} : {'error.type': error}),
    });
    return answer;
  };
  try {
    return await inSpan(`${operation} ${destination}`, () => describe(sent), attempt);
  } catch (thrown) {
    error = errorTypeOf(thrown);
    throw thrown;
  } finally {
    if (isMeasuring()) eventSent((performance.now() - start) / 1000, sent.event, measured(sent, error));
  }
}

function describe({operation, destination, subscription, event, parent}: Sent) {
  // A delivery waits for what the subscriber says of it; what is published is handled some time later.
  const kind = operation === 'publish' ? ('producer' as const) : ('client' as const);
  const attributes = {
    ...operationAttributes(operation, destination),
    ...eventAttributes(event),
    ...subscribed(subscription),
  };
  return {kind, attributes, parent};
}

function measured({operation, destination, subscription}: Sent, error: string | undefined) {
  const failed = error === undefined ? {} : {'error.type': error};
  return {...operationAttributes(operation, destination), ...subscribed(subscription), ...failed};
}

function subscribed(name: string | undefined) {
  return name === undefined ? {} : {'messaging.destination.subscription.name': name};
}
