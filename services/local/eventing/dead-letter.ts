import type {CloudEvent} from '#kit';
import type {Failure} from './outcome.ts';

/** Where an event could not be delivered. */
export interface Destined {
  namespace: string;
  trigger: string;
  /** The address that would not take it. */
  subscriber: string;
}

/** Kafka's dispatcher keeps no more of a failure than this. */
const mostBytes = 1024;

/**
 * The event as it goes to the dead-letter sink: unchanged but for what went wrong, in the attributes that the
 * MTChannelBasedBroker over KafkaChannel sets. There the failure is seen from outside of broker-filter: its address
 * is the destination, and the subscriber's answer lies inside `knativeerrordata`.
 */
export function deadLetterOf(event: CloudEvent, destined: Destined, failure: Failure): CloudEvent {
  const {namespace, trigger, subscriber} = destined;
  const attributes: Record<string, string | number | boolean> = {
    ...event.attributes,
    knativeerrordest: `http://broker-filter.knative-eventing.svc.cluster.local/triggers/${namespace}/${trigger}`,
  };
  delete attributes['knativeerrorcode'];
  delete attributes['knativeerrordata'];
  if (failure.code !== undefined) attributes['knativeerrorcode'] = String(failure.code);
  if (failure.body !== null) {
    const data = JSON.stringify({
      errdestination: subscriber,
      errresponsebody: failure.body.toString('base64'),
    });
    attributes['knativeerrordata'] = Buffer.from(data).subarray(0, mostBytes).toString('base64');
  }
  return {attributes, data: event.data};
}
