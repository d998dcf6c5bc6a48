import {crc32} from 'node:zlib';
import type {CloudEvent} from '#kit';

/**
 * One record of the journal. On disk: length of the payload (u32), its CRC-32 (u32), the payload; all little-endian.
 * A payload is one byte for the kind, the length of a JSON head (u32), the head, and for an event its data.
 */
export type JournalRecord = EventRecord | AttemptRecord | SettledRecord | TriggerRecord;

/** An event that a broker took. */
export interface EventRecord {
  kind: 'event';
  /** `<namespace>/<name>` of the broker. */
  broker: string;
  /** Milliseconds since 1970. */
  acceptedAt: number;
  event: CloudEvent;
}

/** A delivery that went wrong and is tried again. */
export interface AttemptRecord {
  kind: 'attempt';
  trigger: string;
  offset: number;
  /** The number of the attempt that went wrong, from 1. */
  attempt: number;
  at: number;
  /** The HTTP status; absent when nothing answered. */
  status?: number;
  error?: string;
}

/** How a delivery ended: the subscriber took it, the dead-letter sink did, nobody did, or there was no such sink. */
export type Settlement = 'delivered' | 'dead-lettered' | 'undeliverable' | 'dropped';

/** A trigger is done with an event. */
export interface SettledRecord {
  kind: 'settled';
  trigger: string;
  offset: number;
  settlement: Settlement;
  attempts: number;
  at: number;
  status?: number;
}

/** A trigger was seen for the first time: it hears the events from `offset` on. */
export interface TriggerRecord {
  kind: 'trigger';
  trigger: string;
  offset: number;
  at: number;
}

const kinds = ['event', 'attempt', 'settled', 'trigger'] as const;
const headerBytes = 8;

/** The parts of a record as they are written, one after the other. */
export function encodeRecord(record: JournalRecord): Buffer[] {
  const {head, data} = split(record);
  const headLength = Buffer.byteLength(head);
  const front = Buffer.allocUnsafe(headerBytes + 5 + headLength);
  const payloadLength = 5 + headLength + (data?.length ?? 0);
  front.writeUInt32LE(payloadLength, 0);
  front.writeUInt8(kinds.indexOf(record.kind), headerBytes);
  front.writeUInt32LE(headLength, headerBytes + 1);
  front.write(head, headerBytes + 5, 'utf8');
  let checksum = crc32(front.subarray(headerBytes));
  if (data !== null) checksum = crc32(data, checksum);
  front.writeUInt32LE(checksum, 4);
  return data === null || data.length === 0 ? [front] : [front, data];
}

function split(record: JournalRecord): {head: string; data: Buffer | null} {
  if (record.kind !== 'event') return {head: JSON.stringify(record), data: null};
  const {broker, acceptedAt, event} = record;
  return {
    head: JSON.stringify([broker, acceptedAt, event.data !== null, event.attributes]),
    data: event.data,
  };
}

/** A record and the bytes it takes; undefined where the bytes hold no whole, unharmed record. */
export function decodeRecord(
  bytes: Buffer,
  position: number,
): {record: JournalRecord; length: number} | undefined {
  if (position + headerBytes > bytes.length) return undefined;
  const payloadLength = bytes.readUInt32LE(position);
  const length = headerBytes + payloadLength;
  if (payloadLength < 5 || position + length > bytes.length) return undefined;
  const payload = bytes.subarray(position + headerBytes, position + length);
  if (crc32(payload) !== bytes.readUInt32LE(position + 4)) return undefined;
  const kind = kinds[payload.readUInt8(0)];
  const headEnd = 5 + payload.readUInt32LE(1);
  const head: unknown = JSON.parse(payload.toString('utf8', 5, headEnd));
  return {
    record: kind === 'event' ? eventRecord(head, payload.subarray(headEnd)) : plainRecord(head),
    length,
  };
}

/** The length of the record at the head of these bytes, of which there are at least 4. */
export function recordLength(bytes: Buffer, position: number): number {
  return headerBytes + bytes.readUInt32LE(position);
}

// What the checksum vouches for was written by `encodeRecord`, so its shape is taken as given.
function eventRecord(head: unknown, data: Buffer): EventRecord {
  const [broker, acceptedAt, hasData, attributes] = head as [
    string,
    number,
    boolean,
    CloudEvent['attributes'],
  ];
  return {kind: 'event', broker, acceptedAt, event: {attributes, data: hasData ? data : null}};
}

function plainRecord(head: unknown): JournalRecord {
  return head as Exclude<JournalRecord, EventRecord>;
}
