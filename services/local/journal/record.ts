import {crc32} from 'node:zlib';
import type {CloudEvent} from '#kit';

/**
 * One record of the journal. On disk: length of the payload (u32), its CRC-32 (u32), the payload; all little-endian.
 * A payload is one byte for the kind, the number of the event it is about (u48), the length of a JSON head (u32),
 * the head, and for an event its data. As each record names its event, one that is harmed makes no other one unclear.
 */
export type JournalRecord = (EventRecord & {offset: number}) | Note | SegmentRecord;

/** An event that a broker took. */
export interface EventRecord {
  kind: 'event';
  /** `<namespace>/<name>` of the broker. */
  broker: string;
  /** Milliseconds since 1970. */
  acceptedAt: number;
  /** `<namespace>/<name>` of the triggers that let it through when it came: they hear it, and no others ever. */
  triggers: readonly string[];
  /** Replies that may still follow from it, one out of another. */
  hops: number;
  event: CloudEvent;
}

/** What became of an event at a trigger. */
export type Note = AttemptRecord | GivenUpRecord | SettledRecord;

/** A delivery that went wrong and is tried again. */
export interface AttemptRecord {
  kind: 'attempt';
  offset: number;
  trigger: string;
  /** The number of the attempt that went wrong, from 1; it starts anew when the dead-letter sink's turn comes. */
  attempt: number;
  at: number;
  /** The HTTP status; absent when nothing answered. */
  status?: number;
  error?: string;
}

/** The last attempt at the subscriber went wrong: the dead-letter sink is next. */
export interface GivenUpRecord {
  kind: 'given-up';
  offset: number;
  trigger: string;
  at: number;
  /** Why, in the form that the delivery gave it. */
  failure: unknown;
}

/** How a delivery ended: the subscriber took it, the dead-letter sink did, nobody did, or there was no such sink. */
export type Settlement = 'delivered' | 'dead-lettered' | 'undeliverable' | 'dropped';

/** A trigger is done with an event. */
export interface SettledRecord {
  kind: 'settled';
  offset: number;
  trigger: string;
  settlement: Settlement;
  attempts: number;
  at: number;
  status?: number;
}

/** The head of a segment. `offset` is the number of the first event that comes after it. */
export interface SegmentRecord {
  kind: 'segment';
  offset: number;
  at: number;
}

const kinds = ['event', 'attempt', 'settled', 'segment', 'given-up'] as const;
const headerBytes = 8;
const frontBytes = headerBytes + 11;

/** A record as it is written. `offset` is the number of its event. */
export function encodeRecord(record: EventRecord | Note | SegmentRecord, offset: number): Buffer {
  const {head, data} = split(record);
  const headLength = Buffer.byteLength(head);
  const bytes = Buffer.allocUnsafe(frontBytes + headLength + data.length);
  bytes.writeUInt32LE(bytes.length - headerBytes, 0);
  bytes.writeUInt8(kinds.indexOf(record.kind), headerBytes);
  bytes.writeUIntLE(offset, headerBytes + 1, 6);
  bytes.writeUInt32LE(headLength, headerBytes + 7);
  bytes.write(head, frontBytes, 'utf8');
  data.copy(bytes, frontBytes + headLength);
  bytes.writeUInt32LE(crc32(bytes.subarray(headerBytes)), 4);
  return bytes;
}

const nothing = Buffer.alloc(0);

function split(record: EventRecord | Note | SegmentRecord): {head: string; data: Buffer} {
  if (record.kind !== 'event') return {head: JSON.stringify(record), data: nothing};
  const {broker, acceptedAt, triggers, hops, event} = record;
  const hasData = event.data !== null;
  return {
    head: JSON.stringify([broker, acceptedAt, triggers, hops, hasData, event.attributes]),
    data: event.data ?? nothing,
  };
}

/** A record and the bytes it takes; undefined where the bytes hold no whole, unharmed record. */
export function decodeRecord(
  bytes: Buffer,
  position: number,
): {record: JournalRecord; length: number} | undefined {
  if (position + frontBytes > bytes.length) return undefined;
  const length = recordLength(bytes, position);
  if (length < frontBytes || position + length > bytes.length) return undefined;
  const kind = kinds[bytes.readUInt8(position + headerBytes)];
  if (kind === undefined) return undefined;
  const payload = bytes.subarray(position + headerBytes, position + length);
  if (crc32(payload) !== bytes.readUInt32LE(position + 4)) return undefined;
  const offset = payload.readUIntLE(1, 6);
  const headEnd = 11 + payload.readUInt32LE(7);
  const head: unknown = JSON.parse(payload.toString('utf8', 11, headEnd));
  const record = kind === 'event' ? eventRecord(head, offset, payload.subarray(headEnd)) : plainRecord(head);
  return {record, length};
}

/** The length that the record at `position` claims to have; at least 4 bytes are there. */
export function recordLength(bytes: Buffer, position: number): number {
  return headerBytes + bytes.readUInt32LE(position);
}

// What the checksum vouches for was written by `encodeRecord`, so its shape is taken as given.
function eventRecord(head: unknown, offset: number, data: Buffer): JournalRecord {
  const [broker, acceptedAt, triggers, hops, hasData, attributes] = head as [
    string,
    number,
    string[],
    number,
    boolean,
    CloudEvent['attributes'],
  ];
  const event = {attributes, data: hasData ? data : null};
  return {kind: 'event', offset, broker, acceptedAt, triggers, hops, event};
}

function plainRecord(head: unknown): JournalRecord {
  return head as Note | SegmentRecord;
}
