import {fstatSync, writevSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {flushFolder} from '#kit/wire';
import {encodeRecord} from './record.ts';
import {segmentFile, signature} from './segment.ts';

/** The segment that is being written: whole records alone, one after the other. */
export class SegmentWriter {
  readonly segment: number;
  readonly #name: string;
  readonly #file: FileHandle;
  /** Bytes of whole records; what a failed write leaves behind them is cut off. */
  #length: number;
  #isBroken = false;

  private constructor(folder: string, segment: number, {file, length}: {file: FileHandle; length: number}) {
    this.segment = segment;
    this.#name = segmentFile(folder, segment);
    this.#file = file;
    this.#length = length;
  }

  /** Begins a segment. One of that number, if there is any, was never more than begun. */
  static async create(folder: string, segment: number, head: {offset: number; at: number}) {
    const file = await open(segmentFile(folder, segment), 'w');
    try {
      const writer = new SegmentWriter(folder, segment, {file, length: 0});
      const record = encodeRecord({kind: 'segment', ...head}, head.offset);
      await writer.append([signature, record], {isFlushed: true});
      await flushFolder(folder);
      return writer;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Goes on behind the last whole record of a segment. */
  static async reopen(folder: string, segment: number, wholeBytes: number): Promise<SegmentWriter> {
    const file = await open(segmentFile(folder, segment), 'r+');
    await file.truncate(wholeBytes);
    return new SegmentWriter(folder, segment, {file, length: wholeBytes});
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Writes whole records; flushed, they are on the disk when it resolves.
   *
   * @throws Error when they can't be written: then nothing of them is kept.
   */
  async append(buffers: readonly Buffer[], {isFlushed}: {isFlushed: boolean}): Promise<void> {
    if (this.#isBroken && !(await this.#takeBack()))
      throw new Error('an earlier write failed and can not be taken back yet');
    // It would take all that is written, and be gone with us.
    if (fstatSync(this.#file.fd).nlink === 0) throw new Error(`${this.#name} was deleted`);
    try {
      const bytes = writeAll(this.#file, buffers, this.#length);
      if (isFlushed) await this.#file.datasync();
      this.#length += bytes;
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
  }

  /** Flushes all that was written and closes the file. */
  async close(): Promise<void> {
    try {
      await this.#file.datasync();
    } finally {
      await this.#file.close();
    }
  }

  /**
   * Cuts off what a failed write left behind. Where even that fails, nothing more may be written after it until it is.
   *
   * @returns whether it is cut off
   */
  async #takeBack(): Promise<boolean> {
    try {
      await this.#file.truncate(this.#length);
      this.#isBroken = false;
    } catch {
      this.#isBroken = true;
    }
    return !this.#isBroken;
  }
}

/** Linux takes at most 1,024 buffers a call (IOV_MAX). */
const mostBuffers = 1024;

/**
 * Not by way of the thread pool: as all that was written before was flushed, this is a copy into the system's
 * memory, and takes less time than to have another thread do it.
 */
function writeAll(file: FileHandle, buffers: readonly Buffer[], position: number): number {
  let written = 0;
  for (let index = 0; index < buffers.length; index += mostBuffers) {
    let left = buffers.slice(index, index + mostBuffers);
    while (left.length > 0) {
      const bytes = writevSync(file.fd, left, position + written);
      written += bytes;
      // A write that ends short says nothing of the reason: the next one does (a full disk: ENOSPC).
      left = behind(left, bytes);
    }
  }
  return written;
}

/** What is left of buffers behind so many bytes. */
function behind(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let skipped = 0;
  for (const [index, buffer] of buffers.entries()) {
    if (skipped + buffer.length > bytes)
      return [buffer.subarray(bytes - skipped), ...buffers.slice(index + 1)];
    skipped += buffer.length;
  }
  return [];
}
