import {attribute, type CloudEvent} from '#kit';

/**
 * How many replies may follow from an event, one out of another, so that they can't go round for ever. Knative
 * counts in an attribute that its brokers set and subscribers don't see (pkg/broker/ttl.go); here the journal counts.
 */
export const mostHops = 255;

/** The attribute in which Knative counts. */
export const hopsAttribute = 'knativebrokerttl';

/** The hops that are left of an event that comes in, and the event without its count; 0 or less: it must not come in. */
export function takeHops(event: CloudEvent): {hops: number; event: CloudEvent} {
  const text = attribute(event, hopsAttribute);
  if (text === undefined) return {hops: mostHops, event};
  const {[hopsAttribute]: _hops, ...attributes} = event.attributes;
  const hops = /^[+-]?\d+$/.test(text) ? Number(text) - 1 : mostHops;
  return {hops: Math.min(hops, mostHops), event: {attributes, data: event.data}};
}
