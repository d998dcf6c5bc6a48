import {at, isObject, type JsonObject} from '#kit/json';

/**
 * The `delivery` that holds for a Trigger: its own as a whole, or its Broker's. Only the dead letter sink of a Broker
 * that is not of class Kafka stays where the Trigger names none.
 */
export function inherited<Written extends {readonly deadLetterSink?: unknown}>(
  own: Written | undefined,
  ofBroker: Written | undefined,
  brokerClass: string,
): Written | undefined {
  const winner = own ?? ofBroker;
  if (winner === undefined || brokerClass === 'Kafka') return winner;
  return {...winner, deadLetterSink: winner.deadLetterSink ?? ofBroker?.deadLetterSink};
}

/** The `delivery` that an object says itself, as it is written. */
export function deliveryIn(object: JsonObject): JsonObject | undefined {
  const delivery = at(object, 'spec', 'delivery');
  return isObject(delivery) ? delivery : undefined;
}
