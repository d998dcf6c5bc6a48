import {createHash} from 'node:crypto';
import type {AttributeValue, CloudEvent} from '#kit';
import type {Engine} from './engine.ts';
import type {Failure} from './outcome.ts';

/** Where an event could not be delivered. */
export interface Destined {
  namespace: string;
  trigger: string;
  /** The address that would not take it. */
  subscriber: string;
  /** The address of the broker. */
  broker: string;
}

/**
 * The event as it goes to the dead-letter sink: unchanged but for what went wrong, in the attributes that the
 * engine sets. What an earlier death left in them is overwritten.
 */
export function deadLetterOf(
  event: CloudEvent,
  destined: Destined,
  {failure, engine}: {failure: Failure; engine: Engine},
): CloudEvent {
  const {
    knativeerrordest: _dest,
    knativeerrorcode: _code,
    knativeerrordata: _data,
    ...attributes
  } = event.attributes;
  return {attributes: {...attributes, ...causeOf[engine](failure, destined)}, data: event.data};
}

type Cause = (failure: Failure, destined: Destined) => Record<string, AttributeValue>;

const causeOf: Record<Engine, Cause> = {
  'mt-kafkachannel': seenFromOutsideTheFilter,
  'mt-inmemory': seenByTheFilter,
  kafka: seenByTheDispatcher,
};

/** Kafka's dispatcher keeps no more of a failure than this. */
const mostBytes = 1024;

/** The failure is that of broker-filter: its address is the destination, the subscriber's answer lies in its own. */
function seenFromOutsideTheFilter(failure: Failure, {namespace, trigger, subscriber}: Destined) {
  const dest = `http://broker-filter.knative-eventing.svc.cluster.local/triggers/${namespace}/${trigger}/${uid(namespace, trigger)}`;
  const attributes: Record<string, AttributeValue> = {knativeerrordest: dest};
  const code = {status: failure.status, 'no-event': 502, 'no-answer': 500, timeout: undefined, reply: 400};
  const seen = code[failure.cause];
  if (seen !== undefined) attributes['knativeerrorcode'] = String(seen);
  const isTold = failure.cause === 'no-answer' || (failure.cause === 'status' && !isRedirect(failure));
  if (!isTold) return attributes;
  const body = failure.body.toString('base64');
  const data = Buffer.from(JSON.stringify({errdestination: subscriber, errresponsebody: body}));
  attributes['knativeerrordata'] = data.subarray(0, mostBytes).toString('base64');
  return attributes;
}

/** Broker-filter's own failures say nothing; the subscriber's are told as they are. */
function seenByTheFilter(failure: Failure, {subscriber, broker}: Destined): Record<string, AttributeValue> {
  const {cause, status, body} = failure;
  if (cause === 'no-event' || cause === 'timeout' || isRedirect(failure)) return {};
  return {
    knativeerrordest: cause === 'reply' ? broker : subscriber,
    knativeerrorcode: String(cause === 'no-answer' ? 500 : status),
    knativeerrordata: body.toString('base64').slice(0, mostBytes),
  };
}

function seenByTheDispatcher(failure: Failure, {subscriber}: Destined): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {knativeerrordest: subscriber};
  if (failure.cause !== 'status' && failure.cause !== 'reply') return attributes;
  attributes['knativeerrorcode'] = String(failure.status);
  if (failure.body.length > 0)
    attributes['knativeerrordata'] = failure.body.subarray(0, mostBytes).toString('base64');
  return attributes;
}

function isRedirect({status = 0}: Failure): boolean {
  return status >= 300 && status < 400;
}

/** Stands for the id that the API server gives each object: the same for the same trigger, after each start. */
function uid(namespace: string, trigger: string): string {
  const digits = createHash('sha256').update(`${namespace}/${trigger}`).digest('hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
