import {at, isObject, type JsonObject, textAt} from '#kit/json';

/** How hard an event is tried with, and who gets it in the end; what is absent is left to Knative. */
export interface DeliveryRow {
  readonly retry: number | null;
  readonly backoffPolicy: string | null;
  readonly backoffDelay: string | null;
  readonly timeout: string | null;
  /** Such as `Broker dead-letters`, or an address. */
  readonly deadLetters: string | null;
}

/**
 * What is in effect for a Trigger: its own `delivery` as a whole, or its Broker's. Only the dead letter sink of a
 * Broker of class MTChannelBasedBroker stays where the Trigger names none.
 */
export function deliveryOf(trigger: JsonObject | undefined, broker: JsonObject | undefined): DeliveryRow {
  const own = at(trigger, 'spec', 'delivery');
  const inherited = at(broker, 'spec', 'delivery');
  const delivery = isObject(own) ? own : inherited;
  const retry = at(delivery, 'retry');
  const isKafka = textAt(broker, 'metadata', 'annotations', classAnnotation) === 'Kafka';
  const sink = at(delivery, 'deadLetterSink') ?? (isKafka ? undefined : at(inherited, 'deadLetterSink'));
  return {
    retry: typeof retry === 'number' ? retry : null,
    backoffPolicy: textAt(delivery, 'backoffPolicy') ?? null,
    backoffDelay: textAt(delivery, 'backoffDelay') ?? null,
    timeout: textAt(delivery, 'timeout') ?? null,
    deadLetters: destination(sink, textAt(broker, 'metadata', 'namespace')),
  };
}

/** The annotation that says which engine a Broker is. */
export const classAnnotation = 'eventing.knative.dev/broker.class';

/**
 * Who gets events, in words: `Service archive /events`, `Broker dead-letters`, or an address.
 *
 * @param namespace is not said where it is this one
 */
export function destination(value: unknown, namespace: string | undefined): string | null {
  const name = textAt(value, 'ref', 'name');
  const uri = textAt(value, 'uri');
  if (name === undefined) return uri ?? null;
  const of = textAt(value, 'ref', 'namespace');
  const full = of === undefined || of === namespace ? name : `${of}/${name}`;
  return `${textAt(value, 'ref', 'kind') ?? ''} ${full}${uri === undefined ? '' : ` ${uri}`}`.trim();
}
