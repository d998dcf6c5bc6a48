import Type, {type Static} from 'typebox';
import {DestinationShape, destinationOf} from './destination.ts';
import {durationMs} from './duration.ts';
import {inherited} from './inherited.ts';
import {type ManifestObject, refusal, remark} from './manifest-object.ts';
import type {Broker, Delivery, Destination} from './manifests.ts';

const text = Type.Optional(Type.String());

export const DeliveryShape = Type.Object(
  {
    deadLetterSink: Type.Optional(DestinationShape),
    retry: Type.Optional(Type.Integer({maximum: 2 ** 31 - 1})),
    backoffPolicy: text,
    backoffDelay: text,
    timeout: text,
    format: text,
    retryAfterMax: text,
  },
  {additionalProperties: false},
);

/** A `delivery` as it is written: undefined is not said. */
export interface WrittenDelivery {
  readonly retry: number | undefined;
  readonly backoffPolicy: 'linear' | 'exponential' | undefined;
  readonly backoffDelayMs: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly deadLetterSink: Destination | undefined;
}

/** Knative's own ConfigMap `config-br-defaults`: what a Broker gets that says nothing about delivery. */
export const brokerDefaults: WrittenDelivery = {
  retry: 10,
  backoffPolicy: 'exponential',
  backoffDelayMs: 200,
  timeoutMs: undefined,
  deadLetterSink: undefined,
};

/** Reads `spec.delivery`, refusing what the admission webhook refuses and waits that are negative. */
export function writtenDelivery(
  object: ManifestObject,
  {
    deadLetterSink,
    retry,
    backoffPolicy,
    backoffDelay,
    timeout,
    format,
    retryAfterMax,
  }: Static<typeof DeliveryShape>,
  notes: string[],
): WrittenDelivery {
  const at = 'spec.delivery';
  if (retry !== undefined && retry < 0)
    throw refusal(object, `${at}.retry`, `is ${retry}: it must be 0 or more.`);
  if (backoffPolicy !== undefined && backoffPolicy !== 'linear' && backoffPolicy !== 'exponential') {
    throw refusal(
      object,
      `${at}.backoffPolicy`,
      `is ${JSON.stringify(backoffPolicy)}: it must be linear or exponential.`,
    );
  }
  if (retryAfterMax !== undefined) {
    throw refusal(
      object,
      `${at}.retryAfterMax`,
      'needs the feature delivery-retryafter, which is off: take it away.',
    );
  }
  if (format !== undefined && format !== 'json' && format !== 'binary') {
    throw refusal(object, `${at}.format`, `is ${JSON.stringify(format)}: it must be json or binary.`);
  }
  if (format === 'json')
    notes.push(remark(object, `${at}.format json has no effect: events are delivered in binary mode.`));
  return {
    retry,
    backoffPolicy,
    backoffDelayMs: milliseconds(object, `${at}.backoffDelay`, backoffDelay, 0),
    timeoutMs: milliseconds(object, `${at}.timeout`, timeout, 1),
    deadLetterSink: deadLetterSink && destinationOf(object, deadLetterSink, `${at}.deadLetterSink`, notes),
  };
}

/**
 * What is in effect for a trigger, or for a Broker when `own` is undefined.
 *
 * What neither the trigger nor its Broker says is the dispatcher's to fill in: the in-memory channel's
 * retries at once unless it knows both policy and delay, and waits for an answer without end; Kafka's counts on 200 ms,
 * doubled each time, and 10 minutes.
 */
export function deliveryInEffect(
  own: WrittenDelivery | undefined,
  broker: WrittenDelivery | undefined,
  engine: Pick<Broker, 'class' | 'channel'>,
): Delivery {
  const written: Partial<WrittenDelivery> = inherited(own, broker, engine.class) ?? {};
  const {retry = 0, backoffPolicy, backoffDelayMs, timeoutMs, deadLetterSink = null} = written;
  const isInMemory = engine.channel === 'InMemoryChannel';
  const waits = !isInMemory || (backoffPolicy !== undefined && backoffDelayMs !== undefined);
  return {
    retry,
    backoffPolicy: backoffPolicy ?? 'exponential',
    backoffDelayMs: waits ? (backoffDelayMs ?? 200) : null,
    timeoutMs: timeoutMs ?? (isInMemory ? null : 600_000),
    deadLetterSink,
  };
}

function milliseconds(
  object: ManifestObject,
  field: string,
  written: string | undefined,
  least: 0 | 1,
): number | undefined {
  if (written === undefined) return undefined;
  const value = durationMs(written);
  if (value !== undefined && value >= least) return value;
  const wanted =
    least === 0 ? 'an ISO 8601 duration' : 'an ISO 8601 duration of at least a tenth of a second';
  throw refusal(
    object,
    field,
    `is ${JSON.stringify(written)}: it must be ${wanted}, such as PT0.5S or PT1M.`,
  );
}
