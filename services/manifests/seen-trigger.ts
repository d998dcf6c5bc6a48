import {at, type JsonObject, textAt} from '#kit/json';
import {meantBy} from './destination-meaning.ts';
import {deliveryIn, inherited} from './inherited.ts';
import type {Destination} from './manifests.ts';
import type {SeenBroker} from './seen-broker.ts';

/** A Trigger as its object says it, of a file or of whatever cluster: nothing of it is refused. */
export interface SeenTrigger {
  readonly object: JsonObject;
  readonly namespace: string;
  readonly name: string;
  /** The name of a Broker of the same namespace, which may not exist. */
  readonly broker: string;
  /** Undefined for what is no Service, no Broker and no address. */
  readonly subscriber: Destination | undefined;
  /** Its own or its Broker's, as it is written; empty where both leave it to Knative. */
  readonly delivery: JsonObject;
  /** Whether events of one partition wait for each other: always over a KafkaChannel, on class Kafka where it asks for it. */
  readonly isOrdered: boolean;
}

/** What an object says of a Trigger, with what its Broker gives it. */
export function seenTrigger(object: JsonObject, brokers: readonly SeenBroker[]): SeenTrigger {
  const namespace = textAt(object, 'metadata', 'namespace') ?? 'default';
  const name = textAt(object, 'spec', 'broker') ?? '';
  const broker = brokers.find((one) => one.namespace === namespace && one.name === name);
  const own = deliveryIn(object);
  const delivery = inherited(own, broker && deliveryIn(broker.object), broker?.class ?? '') ?? {};
  return {
    object,
    namespace,
    name: textAt(object, 'metadata', 'name') ?? '',
    broker: name,
    subscriber: meantBy(at(object, 'spec', 'subscriber'), namespace),
    delivery,
    isOrdered: broker?.class === 'Kafka' ? asksForOrder(object) : broker?.channel === 'KafkaChannel',
  };
}

/** Where the order of a Trigger of class Kafka is said; without it there is none. */
export const orderAnnotation = 'kafka.eventing.knative.dev/delivery.order';

function asksForOrder(object: JsonObject): boolean {
  return textAt(object, 'metadata', 'annotations', orderAnnotation)?.toLowerCase() === 'ordered';
}
