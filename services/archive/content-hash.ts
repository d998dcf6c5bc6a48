import {createHash} from 'node:crypto';
import type {CloudEvent} from '#kit';

/** What brokers and channels put on events on their way: not of the event's own content. */
const addedOnTheWay = new Set([
  'knativearrivaltime',
  'knativebrokerttl',
  'knativekafkapartition',
  'knativekafkaoffset',
  'knativehistory',
]);

/**
 * A hash of what an event says, the same whichever way it came: without what engines add, with times as instants,
 * as engines rewrite them, and with every attribute as text, as binary mode has no other.
 */
export function contentHash({attributes, data}: CloudEvent): string {
  const own = Object.keys(attributes)
    .filter((name) => !addedOnTheWay.has(name))
    .sort()
    .map((name) => [name, name === 'time' ? instant(String(attributes[name])) : String(attributes[name])]);
  const hash = createHash('sha256').update(JSON.stringify(own));
  return hash.update(data ?? 'no data').digest('hex');
}

/** An event as it was before it came by an engine. */
export function withoutAdded({attributes, data}: CloudEvent): CloudEvent {
  const own = Object.entries(attributes).filter(([name]) => !addedOnTheWay.has(name));
  return {attributes: Object.fromEntries(own), data};
}

/** RFC 3339 in UTC, its fraction without trailing zeros: two spellings of one instant become one. */
function instant(time: string): string {
  const digits = /\.(\d+)/.exec(time)?.[1] ?? '';
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  const fraction = digits.slice(0, end);
  const seconds = Date.parse(time.replace(/\.\d+/, ''));
  return Number.isNaN(seconds) ? time : `${seconds / 1000}.${fraction}`;
}
