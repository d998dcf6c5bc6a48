import {messageOf} from '#kit';
import {makeFolder} from '#kit/wire';
import {ReadAhead} from './read-ahead.ts';
import {RecentEvents} from './recent-events.ts';
import {decodeRecord, type EventRecord, encodeRecord, type Note} from './record.ts';
import {type Recovered, recover, type Visit} from './recover.ts';
import type {Place} from './segment.ts';
import {SegmentWriter} from './segment-writer.ts';
import {type Retention, Segments} from './segments.ts';

/** An event in the journal: its number among all events, from 0, and where it lies. */
export interface KeptEvent extends Place {
  offset: number;
}

/** The journal can't take what it was given: the disk is full or failing. Nothing of it was kept. */
export class JournalFailure extends Error {
  override readonly name = 'JournalFailure';
}

export interface JournalOptions extends Partial<Retention> {
  /** A segment that has grown to this is followed by a new one. (Default: 64 MiB, or a quarter of what may be held) */
  segmentBytes?: number;
  /** Milliseconds since 1970. (Default: the machine's time) */
  now?: () => number;
}

type Waiting =
  | {record: EventRecord; resolve: (kept: KeptEvent) => void; reject: (error: Error) => void}
  | {record: Note};

/**
 * The record of all that a local broker took and of what became of it: files that are only ever appended to.
 *
 * Many writers share one flush (group commit): while one group is being flushed, the next one gathers. An event is
 * kept when its append resolves; a note may be lost in a power cut, and then its delivery is made again.
 */
export class Journal {
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #now: () => number;
  readonly #segments: Segments;
  readonly #recent = new RecentEvents();
  readonly #ahead: ReadAhead;
  /** What could not be read when it was opened, in sentences for a person. */
  readonly losses: readonly string[];
  #writer: SegmentWriter;
  #nextOffset: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #isClosed = false;
  #flushes = 0;

  private constructor(folder: string, recovered: Recovered, own: Required<OwnOptions>) {
    this.#folder = folder;
    this.#writer = recovered.writer;
    this.#nextOffset = recovered.nextOffset;
    this.losses = recovered.losses;
    this.#segments = own.segments;
    this.#ahead = new ReadAhead((...place) => own.segments.read(...place));
    this.#segmentBytes = own.segmentBytes;
    this.#now = own.now;
  }

  /** Opens the journal of a folder and shows all its records to `visit`, oldest first. @throws Error when it can't. */
  static async open(folder: string, visit: Visit, options: JournalOptions = {}): Promise<Journal> {
    const {retentionMs = 7 * 86_400_000, mostBytes = 1024 * 1024 * 1024, now = Date.now} = options;
    const {segmentBytes = Math.min(64 * 1024 * 1024, mostBytes / 4)} = options;
    await makeFolder(folder);
    const segments = new Segments(folder, {retentionMs, mostBytes});
    const recovered = await recover(folder, segments, visit, now());
    return new Journal(folder, recovered, {segments, segmentBytes, now});
  }

  /** The number that the next event gets. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Whether it holds more than it may. What goes on inside may still be appended; no more should come from outside. */
  get isFull(): boolean {
    return this.#segments.isFull;
  }

  /** How often events were flushed to the disk since it was opened. */
  get flushes(): number {
    return this.#flushes;
  }

  /** Keeps an event; when it resolves, the event is on the disk. @throws JournalFailure when it can't be kept. */
  append(record: EventRecord): Promise<KeptEvent> {
    if (this.#isClosed) return Promise.reject(new JournalFailure('The journal is closed: DIP is stopping.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({record, resolve, reject});
      this.#write();
    });
  }

  /** Notes what became of an event. Not flushed: after a power cut a delivery may be made again. */
  note(record: Note): void {
    this.#waiting.push({record});
    this.#write();
  }

  /** A delivery of this event has to be made: until `release`, the event stays, however old it gets. */
  hold({segment}: KeptEvent): void {
    this.#segments.hold(segment);
  }

  /** A delivery of this event is done. */
  release({segment, offset}: KeptEvent): void {
    this.#segments.release(segment);
    this.#recent.release(offset);
  }

  /** Deletes what is older than the retention or more than may be held, oldest first, and is waited for by nobody. */
  async sweep(): Promise<void> {
    await this.#segments.sweep(this.#now());
  }

  /** Reads an event again. @throws JournalFailure when it can't be read. */
  async read({offset, segment, position, length}: KeptEvent): Promise<EventRecord> {
    const recent = this.#recent.get(offset);
    if (recent !== undefined) return recent;
    const bytes = await this.#ahead.bytes(segment, position, length);
    const record = decodeRecord(bytes, 0)?.record;
    if (record?.kind === 'event' && record.offset === offset) return record;
    throw new JournalFailure(
      `Event ${offset} can't be read at byte ${position} of segment ${segment} of the journal: it is harmed.`,
    );
  }

  /** Writes what waits and closes the files. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    if (this.#waiting.length > 0) await this.#writeGroups();
    await this.#writer.close();
    await this.#segments.close();
  }

  #write(): void {
    this.#writing ??= this.#writeGroups();
  }

  async #writeGroups(): Promise<void> {
    let hasFailed = false;
    while (this.#waiting.length > 0 && !hasFailed) {
      await this.#gather();
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeGroup(group);
      } catch (error) {
        this.#refuse(group, error);
        hasFailed = !this.#waiting.some(isEvent);
      }
    }
    // In the same breath as the look at what waits: what comes in from here on has to begin another round.
    this.#writing = undefined;
  }

  /**
   * Lets more join the next flush, for as long as more come in with each turn of the event loop: a flush costs the
   * same however many share it. Without it half of many writers would always miss the flush that the others share.
   */
  async #gather(): Promise<void> {
    for (let turn = 0; turn < mostTurns; turn++) {
      const before = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (turn > 0 && this.#waiting.length === before) return;
    }
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    if (this.#writer.length >= this.#segmentBytes) await this.#nextSegment();
    let offset = this.#nextOffset;
    const records = group.map(({record}) =>
      encodeRecord(record, record.kind === 'event' ? offset++ : record.offset),
    );
    const isFlushed = offset > this.#nextOffset;
    await this.#writer.append(records, {isFlushed});
    if (isFlushed) this.#flushes++;
    this.#acknowledge(group, records);
  }

  #acknowledge(group: readonly Waiting[], records: readonly Buffer[]): void {
    const {segment} = this.#writer;
    const bytes = records.reduce((sum, {length}) => sum + length, 0);
    let position = this.#writer.length - bytes;
    this.#segments.grow(segment, bytes);
    for (const [index, waiting] of group.entries()) {
      const length = records[index]?.length ?? 0;
      if (isEvent(waiting)) {
        const kept = {segment, position, length, offset: this.#nextOffset++};
        this.#recent.add(kept.offset, waiting.record, length);
        this.#segments.accepted(segment, waiting.record.acceptedAt);
        waiting.resolve(kept);
      }
      position += length;
    }
  }

  /** Nothing of this group was kept: its events are refused, its notes go with the next one. */
  #refuse(group: readonly Waiting[], cause: unknown): void {
    this.#waiting = [...group.filter((waiting) => !isEvent(waiting)), ...this.#waiting];
    const failure = new JournalFailure(`The journal could not be written: ${messageOf(cause)}.`, {cause});
    for (const waiting of group) if (isEvent(waiting)) waiting.reject(failure);
  }

  async #nextSegment(): Promise<void> {
    const head = {offset: this.#nextOffset, at: this.#now()};
    const full = this.#writer;
    this.#writer = await SegmentWriter.create(this.#folder, full.segment + 1, head);
    this.#segments.grow(this.#writer.segment, this.#writer.length);
    // Notes among what it holds were not flushed yet, and a torn end is allowed in the last segment alone.
    await full.close();
    await this.sweep();
  }
}

/** Turns of the event loop that a flush is put off for at most. */
const mostTurns = 8;

interface OwnOptions {
  segments: Segments;
  segmentBytes: number;
  now: () => number;
}

function isEvent(waiting: Waiting): waiting is Extract<Waiting, {record: EventRecord}> {
  return waiting.record.kind === 'event';
}
