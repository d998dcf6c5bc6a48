import {open, readdir} from 'node:fs/promises';
import path from 'node:path';
import {decodeRecord, type JournalRecord, recordLength} from './record.ts';

/** Where a record lies: the number of its file and the place in it, both from 0 up, and its length in bytes. */
export interface Place {
  segment: number;
  position: number;
  length: number;
}

const suffix = '.journal';

/** The path of a segment. Names sort as the segments follow each other. */
export function segmentFile(folder: string, segment: number): string {
  return path.join(folder, `${String(segment).padStart(10, '0')}${suffix}`);
}

/** The numbers of the segments of a folder, oldest first. */
export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(suffix))
    .map((name) => Number(name.slice(0, -suffix.length)))
    .sort((one, other) => one - other);
}

const chunkBytes = 4 * 1024 * 1024;

/**
 * Reads a segment from its start, record by record.
 *
 * @returns the bytes of whole records; less than the file's size when its end was torn off or harmed.
 */
export async function scanSegment(
  folder: string,
  segment: number,
  visit: (record: JournalRecord, place: Place) => void,
): Promise<{wholeBytes: number; fileBytes: number}> {
  const file = await open(segmentFile(folder, segment), 'r');
  try {
    const {size} = await file.stat();
    let wholeBytes = 0;
    let wanted = chunkBytes;
    while (wholeBytes < size) {
      const bytes = Buffer.allocUnsafe(Math.min(wanted, size - wholeBytes));
      await file.read(bytes, 0, bytes.length, wholeBytes);
      const used = visitAll(bytes, segment, wholeBytes, visit);
      const isEnd = wholeBytes + bytes.length >= size;
      wholeBytes += used;
      if (used > 0) wanted = chunkBytes;
      else if (isEnd) break;
      else wanted = Math.max(wanted * 2, bytes.length >= 4 ? recordLength(bytes, 0) : 0);
      if (used === 0 && bytes.length >= recordLength(bytes, 0)) break;
    }
    return {wholeBytes, fileBytes: size};
  } finally {
    await file.close();
  }
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
