import {type FileHandle, open, unlink} from 'node:fs/promises';
import {segmentFile} from './segment.ts';

interface Segment {
  bytes: number;
  /** When its last event was accepted; 0: it has none. */
  newestAt: number;
  /** Deliveries of its events that are not done. */
  waitedFor: number;
  reader?: Promise<FileHandle>;
}

/** How much of the past a journal keeps. */
export interface Retention {
  /** Events older than this may go, in milliseconds. (Default: 7 days) */
  retentionMs: number;
  /** The oldest segments go when there is more than this. (Default: 1 GiB) */
  mostBytes: number;
}

/**
 * The files of a journal: how large they are, who waits for what is in them, and which of them can go. The oldest
 * goes first and only as a whole, and never while a trigger waits for one of its events.
 */
export class Segments {
  readonly #folder: string;
  readonly #retention: Retention;
  /** By number, oldest first. The last is being written. */
  readonly #segments = new Map<number, Segment>();
  #bytes = 0;

  constructor(folder: string, retention: Retention) {
    this.#folder = folder;
    this.#retention = retention;
  }

  /** Whether there is more than the journal may hold. */
  get isFull(): boolean {
    return this.#bytes > this.#retention.mostBytes;
  }

  /** Counts what a segment got. */
  grow(number: number, bytes: number): void {
    this.#of(number).bytes += bytes;
    this.#bytes += bytes;
  }

  /** A segment got an event. */
  accepted(number: number, at: number): void {
    const segment = this.#of(number);
    segment.newestAt = Math.max(segment.newestAt, at);
  }

  /** A delivery of an event in this segment has to be made. */
  hold(number: number): void {
    this.#of(number).waitedFor++;
  }

  /** One such delivery is done. */
  release(number: number): void {
    this.#of(number).waitedFor--;
  }

  /** Deletes what is old or too much, and nobody waits for. */
  async sweep(now: number): Promise<void> {
    for (const [number, segment] of this.#segments) {
      const isLast = number === this.#newest();
      const isOld = now - segment.newestAt > this.#retention.retentionMs;
      if (isLast || segment.waitedFor > 0 || !(isOld || this.isFull)) return;
      this.#segments.delete(number);
      this.#bytes -= segment.bytes;
      await closeReader(segment);
      // What can't be deleted now counts again after the next start, and is tried again then.
      await unlink(segmentFile(this.#folder, number)).catch(() => {});
    }
  }

  /** Reads some bytes of a segment. */
  async read(number: number, position: number, length: number): Promise<Buffer> {
    const segment = this.#of(number);
    segment.reader ??= open(segmentFile(this.#folder, number), 'r').catch((error: unknown) => {
      delete segment.reader;
      throw error;
    });
    const bytes = Buffer.allocUnsafe(length);
    const {bytesRead} = await (await segment.reader).read(bytes, 0, length, position);
    return bytes.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    for (const segment of this.#segments.values()) await closeReader(segment);
  }

  #of(number: number): Segment {
    let segment = this.#segments.get(number);
    if (segment === undefined) {
      segment = {bytes: 0, newestAt: 0, waitedFor: 0};
      this.#segments.set(number, segment);
    }
    return segment;
  }

  #newest(): number {
    return Math.max(...this.#segments.keys());
  }
}

async function closeReader({reader}: Segment): Promise<void> {
  await (await reader)?.close();
}
