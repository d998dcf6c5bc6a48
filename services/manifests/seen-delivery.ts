import {at, type JsonObject, textAt} from '#kit/json';
import {deliveryInEffect, type WrittenDelivery} from './delivery.ts';
import {meantBy} from './destination-meaning.ts';
import {durationMs} from './duration.ts';
import type {Delivery} from './manifests.ts';
import type {SeenBroker} from './seen-broker.ts';

/** What comes of a `delivery` as it is written, by the rules of its Broker's class: what can't be read is not said. */
export function seenDelivery(
  written: JsonObject,
  {class: brokerClass, channel, namespace}: SeenBroker,
): Delivery {
  const number = (name: string) => {
    const value = at(written, name);
    return typeof value === 'number' ? value : undefined;
  };
  const duration = (name: string) => durationMs(textAt(written, name) ?? '');
  const policy = textAt(written, 'backoffPolicy');
  const read: WrittenDelivery = {
    retry: number('retry'),
    backoffPolicy: policy === 'linear' || policy === 'exponential' ? policy : undefined,
    backoffDelayMs: duration('backoffDelay'),
    timeoutMs: duration('timeout'),
    deadLetterSink: meantBy(at(written, 'deadLetterSink'), namespace),
  };
  const isInMemory = channel === 'InMemoryChannel';
  return deliveryInEffect(read, undefined, {
    class: brokerClass === 'Kafka' ? 'Kafka' : 'MTChannelBasedBroker',
    channel: isInMemory ? 'InMemoryChannel' : 'KafkaChannel',
  });
}
