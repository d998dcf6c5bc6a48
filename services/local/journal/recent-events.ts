import type {EventRecord} from './record.ts';

interface Recent {
  readonly record: EventRecord;
  readonly bytes: number;
  /** Deliveries that will read it. */
  readers: number;
}

/**
 * The events that came last and are not delivered yet, kept in memory: nearly every delivery follows its event at
 * once. One that is done with is let go at once too, as what dies young costs no garbage collection.
 */
export class RecentEvents {
  readonly #mostBytes: number;
  readonly #events = new Map<number, Recent>();
  /** No event before this one is held. */
  #oldest = 0;
  #bytes = 0;

  /** @param mostBytes of events held. (Default: 8 MiB) */
  constructor(mostBytes = 8 * 1024 * 1024) {
    this.#mostBytes = mostBytes;
  }

  /** @param offset the number of the event, greater than all before it. */
  add(offset: number, record: EventRecord, bytes: number): void {
    const readers = record.triggers.length;
    if (readers === 0) return;
    if (this.#events.size === 0) this.#oldest = offset;
    this.#events.set(offset, {record, bytes, readers});
    this.#bytes += bytes;
    // By number: to ask a map for its first key costs more the more keys were deleted before it.
    while (this.#bytes > this.#mostBytes) this.#delete(this.#oldest++);
  }

  get(offset: number): EventRecord | undefined {
    return this.#events.get(offset)?.record;
  }

  /** One delivery has no more need of it. */
  release(offset: number): void {
    const recent = this.#events.get(offset);
    if (recent !== undefined && --recent.readers === 0) this.#delete(offset);
  }

  #delete(offset: number): void {
    this.#bytes -= this.#events.get(offset)?.bytes ?? 0;
    this.#events.delete(offset);
  }
}
