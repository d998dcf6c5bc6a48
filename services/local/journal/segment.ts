import {type FileHandle, open, readdir} from 'node:fs/promises';
import path from 'node:path';
import {decodeRecord, type JournalRecord, recordLength} from './record.ts';

/** Where a record lies: the number of its file and the place in it, both from 0 up, and its length in bytes. */
export interface Place {
  segment: number;
  position: number;
  length: number;
}

/** What each segment begins with: the name of the format and its version. */
export const signature = Buffer.from('DIPJ\0\0\0\x02', 'latin1');

const suffix = '.journal';

/** The path of a segment. Names sort as the segments follow each other. */
export function segmentFile(folder: string, segment: number): string {
  return path.join(folder, `${String(segment).padStart(10, '0')}${suffix}`);
}

/** The numbers of the segments of a folder, oldest first. */
export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d{10}\.journal$/.test(name))
    .map((name) => Number(name.slice(0, -suffix.length)))
    .sort((one, other) => one - other);
}

/** Bytes of a file that hold no record, though there is one behind them. */
export interface Harm {
  from: number;
  to: number;
}

export interface Scanned {
  /** Where the last whole record ends. */
  wholeBytes: number;
  fileBytes: number;
  harms: readonly Harm[];
}

const chunkBytes = 4 * 1024 * 1024;

/**
 * Reads a segment from its start, record by record; what can't be read is skipped. A record's bytes are lent to
 * `visit` for the time of the call.
 *
 * @throws Error when the file is no segment of this version.
 */
export async function scanSegment(
  folder: string,
  segment: number,
  visit: (record: JournalRecord, place: Place) => void,
): Promise<Scanned> {
  const file = await open(segmentFile(folder, segment), 'r');
  try {
    const {size} = await file.stat();
    const isSigned = await checkSignature(file, segmentFile(folder, segment), size);
    const harms: Harm[] = [];
    let position = isSigned ? signature.length : size;
    let wanted = chunkBytes;
    while (position < size) {
      const bytes = await readAt(file, position, Math.min(wanted, size - position));
      const used = visitAll(bytes, segment, position, visit);
      position += used;
      wanted = chunkBytes;
      if (used > 0) continue;
      const claimed = bytes.length < 4 ? 0 : recordLength(bytes, 0);
      if (claimed > bytes.length && position + claimed <= size) {
        wanted = claimed;
        continue;
      }
      const next = await nextRecord(file, position + 1, size);
      if (next === undefined) break;
      harms.push({from: position, to: next});
      position = next;
    }
    return {wholeBytes: isSigned ? position : 0, fileBytes: size, harms};
  } finally {
    await file.close();
  }
}

/** Whether the file begins as it should; it may be too short for that, when its making was broken off. */
async function checkSignature(file: FileHandle, name: string, size: number): Promise<boolean> {
  const head = await readAt(file, 0, Math.min(signature.length, size));
  if (!head.equals(signature.subarray(0, head.length)))
    throw new Error(
      `${name} is no journal that this version of DIP can read. Move its folder away, or read it with the version that wrote it.`,
    );
  return head.length === signature.length;
}

function visitAll(
  bytes: Buffer,
  segment: number,
  base: number,
  visit: (record: JournalRecord, place: Place) => void,
): number {
  let position = 0;
  for (;;) {
    const next = decodeRecord(bytes, position);
    if (next === undefined) return position;
    visit(next.record, {segment, position: base + position, length: next.length});
    position += next.length;
  }
}

/** Where the first whole record at or behind `from` begins; undefined: there is none, so the end was torn off. */
async function nextRecord(file: FileHandle, from: number, size: number): Promise<number | undefined> {
  const bytes = await readAt(file, from, size - from);
  for (let index = 0; index < bytes.length; index++)
    if (decodeRecord(bytes, index) !== undefined) return from + index;
  return undefined;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(length, 0));
  const {bytesRead} = await file.read(bytes, 0, bytes.length, position);
  return bytes.subarray(0, bytesRead);
}
