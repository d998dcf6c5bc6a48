import type {EventRecord} from './record.ts';

/** The events that came last, kept in memory: nearly every delivery follows its event at once. */
export class RecentEvents {
  readonly #mostBytes: number;
  readonly #events = new Map<number, {record: EventRecord; bytes: number}>();
  /** No event before this one is held. */
  #oldest = 0;
  #bytes = 0;

  /** @param mostBytes of events held. (Default: 8 MiB) */
  constructor(mostBytes = 8 * 1024 * 1024) {
    this.#mostBytes = mostBytes;
  }

  /** @param offset the number of the event, greater than all before it. */
  add(offset: number, record: EventRecord, bytes: number): void {
    if (this.#events.size === 0) this.#oldest = offset;
    this.#events.set(offset, {record, bytes});
    this.#bytes += bytes;
    // By number: to ask a map for its first key costs more the more keys were deleted before it.
    while (this.#bytes > this.#mostBytes) {
      this.#bytes -= this.#events.get(this.#oldest)?.bytes ?? 0;
      this.#events.delete(this.#oldest++);
    }
  }

  get(offset: number): EventRecord | undefined {
    return this.#events.get(offset)?.record;
  }
}
