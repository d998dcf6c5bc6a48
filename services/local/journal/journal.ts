import {type FileHandle, mkdir, open} from 'node:fs/promises';
import type {CloudEvent} from '#kit';
import {RecentEvents} from './recent-events.ts';
import {decodeRecord, type EventRecord, encodeRecord, type JournalRecord} from './record.ts';
import {listSegments, type Place, scanSegment, segmentFile} from './segment.ts';

/** An event in the journal: its number among all events, from 0, and where it lies. */
export interface KeptEvent extends Place {
  offset: number;
}

/** The journal can't take what it was given: the disk is full or failing. Nothing of it was kept. */
export class JournalFailure extends Error {
  override readonly name = 'JournalFailure';
}

interface Waiting {
  parts: Buffer[];
  isEvent: boolean;
  resolve: (kept: KeptEvent) => void;
  reject: (error: Error) => void;
}

/**
 * The record of all that a local broker took and of what became of it: files that are only ever appended to.
 *
 * Many writers share one flush (group commit): while one group is being flushed, the next one gathers. An event is
 * kept when its append resolves; a settlement may be lost in a crash, and then its delivery is made again.
 */
export class Journal {
  readonly #folder: string;
  readonly #segmentBytes: number;
  #file: FileHandle;
  #segment: number;
  /** Bytes of whole records in the current segment; what a failed write leaves behind them is cut off. */
  #length: number;
  #nextOffset: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #isBroken = false;
  readonly #readers = new Map<number, Promise<FileHandle>>();
  readonly #recent = new RecentEvents();

  private constructor(folder: string, segmentBytes: number, start: Start) {
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
    this.#file = start.file;
    this.#segment = start.segment;
    this.#length = start.length;
    this.#nextOffset = start.nextOffset;
  }

  /**
   * Opens the journal of a folder and shows all its records to `visit`, oldest first. A torn last record, as a
   * killed process leaves it, was acknowledged to nobody and is cut off.
   *
   * @throws Error when a segment before the last is harmed: then something acknowledged is lost, which a person has to know.
   */
  static async open(folder: string, visit: Visit, {segmentBytes = 64 * 1024 * 1024} = {}): Promise<Journal> {
    await mkdir(folder, {recursive: true});
    return new Journal(folder, segmentBytes, await readAll(folder, visit));
  }

  /** The number that the next event gets. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Keeps an event; when it resolves, the event is on the disk. @throws JournalFailure when it can't be kept. */
  appendEvent(broker: string, event: CloudEvent, acceptedAt: number): Promise<KeptEvent> {
    return new Promise((resolve, reject) => {
      const parts = encodeRecord({kind: 'event', broker, acceptedAt, event});
      const remember = (kept: KeptEvent) => {
        this.#recent.add(kept.offset, event, kept.length);
        resolve(kept);
      };
      this.#waiting.push({parts, isEvent: true, resolve: remember, reject});
      this.#write();
    });
  }

  /** Notes what became of an event. Not flushed: after a crash of the machine a delivery may be made again. */
  note(record: Exclude<JournalRecord, EventRecord>): void {
    this.#waiting.push({parts: encodeRecord(record), isEvent: false, resolve: () => {}, reject: () => {}});
    this.#write();
  }

  /** Reads an event again. */
  async read({offset, segment, position, length}: KeptEvent): Promise<CloudEvent> {
    const recent = this.#recent.get(offset);
    if (recent !== undefined) return recent;
    let reader = this.#readers.get(segment);
    if (reader === undefined) {
      reader = open(segmentFile(this.#folder, segment), 'r');
      this.#readers.set(segment, reader);
    }
    const bytes = Buffer.allocUnsafe(length);
    await (await reader).read(bytes, 0, length, position);
    const record = decodeRecord(bytes, 0)?.record;
    if (record?.kind === 'event') return record.event;
    throw new JournalFailure(`Segment ${segment} of the journal holds no event at ${position}.`);
  }

  /** Writes what waits and closes the files. */
  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    await this.#file.close();
    for (const reader of this.#readers.values()) await (await reader).close();
  }

  #write(): void {
    this.#writing ??= this.#writeGroups().finally(() => {
      this.#writing = undefined;
    });
  }

  async #writeGroups(): Promise<void> {
    // One turn of the event loop, so that requests that came in together share the first flush too.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeGroup(group);
      } catch (error) {
        await this.#takeBack();
        const reason = error instanceof Error ? error.message : String(error);
        for (const {reject} of group)
          reject(new JournalFailure(`The journal could not be written: ${reason}.`, {cause: error}));
      }
    }
  }

  async #writeGroup(group: Waiting[]): Promise<void> {
    if (this.#isBroken) throw new Error('an earlier write failed and could not be taken back; restart DIP');
    if (this.#length >= this.#segmentBytes) await this.#nextSegment();
    const buffers: Buffer[] = [];
    let bytes = 0;
    for (const {parts} of group) {
      for (const part of parts) {
        buffers.push(part);
        bytes += part.length;
      }
    }
    await writeAll(this.#file, buffers, bytes, this.#length);
    if (group.some(({isEvent}) => isEvent)) await this.#file.datasync();
    this.#acknowledge(group);
  }

  #acknowledge(group: Waiting[]): void {
    for (const {parts, isEvent, resolve} of group) {
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      const place = {segment: this.#segment, position: this.#length, length};
      this.#length += length;
      if (isEvent) resolve({...place, offset: this.#nextOffset++});
    }
  }

  /** Cuts off what a failed write left behind. Where even that fails, nothing more may be written after it. */
  async #takeBack(): Promise<void> {
    try {
      await this.#file.truncate(this.#length);
    } catch {
      this.#isBroken = true;
    }
  }

  async #nextSegment(): Promise<void> {
    const next = await createSegment(this.#folder, this.#segment + 1);
    await this.#file.close();
    this.#file = next;
    this.#segment++;
    this.#length = 0;
  }
}

/** Shown each record; `offset` is an event's number, and for other records the number of the next event. */
export type Visit = (record: JournalRecord, kept: KeptEvent) => void;

interface Start {
  file: FileHandle;
  segment: number;
  length: number;
  nextOffset: number;
}

async function readAll(folder: string, visit: Visit): Promise<Start> {
  const segments = await listSegments(folder);
  let nextOffset = 0;
  for (const [index, segment] of segments.entries()) {
    const {wholeBytes, fileBytes} = await scanSegment(folder, segment, (record, place) => {
      visit(record, {...place, offset: nextOffset});
      if (record.kind === 'event') nextOffset++;
    });
    const isLast = index === segments.length - 1;
    if (!isLast && wholeBytes < fileBytes) {
      throw new Error(
        `${segmentFile(folder, segment)} is harmed at byte ${wholeBytes}: what follows there can't be read. Restore it from a backup, or move the folder away to begin anew.`,
      );
    }
    if (!isLast) continue;
    const file = await open(segmentFile(folder, segment), 'r+');
    await file.truncate(wholeBytes);
    return {file, segment, length: wholeBytes, nextOffset};
  }
  return {file: await createSegment(folder, 0), segment: 0, length: 0, nextOffset: 0};
}

async function createSegment(folder: string, segment: number): Promise<FileHandle> {
  const file = await open(segmentFile(folder, segment), 'wx+');
  if (process.platform !== 'win32') {
    const directory = await open(folder, 'r');
    await directory.sync();
    await directory.close();
  }
  return file;
}

/** Linux takes at most 1,024 buffers a call (IOV_MAX). */
const mostBuffers = 1024;

async function writeAll(file: FileHandle, buffers: Buffer[], bytes: number, position: number): Promise<void> {
  let written = 0;
  for (let index = 0; index < buffers.length; index += mostBuffers) {
    const slice = buffers.slice(index, index + mostBuffers);
    const {bytesWritten} = await file.writev(slice, position + written);
    written += bytesWritten;
    const expected = slice.reduce((sum, buffer) => sum + buffer.length, 0);
    if (bytesWritten < expected)
      throw new Error(`only ${bytesWritten} of ${expected} bytes could be written (is the disk full?)`);
  }
  if (written !== bytes) throw new Error(`only ${written} of ${bytes} bytes could be written`);
}
