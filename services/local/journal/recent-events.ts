import type {CloudEvent} from '#kit';

/** The events that came last, kept in memory: nearly every delivery follows its event at once. */
export class RecentEvents {
  readonly #mostBytes: number;
  readonly #events = new Map<number, {event: CloudEvent; bytes: number}>();
  #bytes = 0;

  /** @param mostBytes of events held. (Default: 8 MiB) */
  constructor(mostBytes = 8 * 1024 * 1024) {
    this.#mostBytes = mostBytes;
  }

  add(offset: number, event: CloudEvent, bytes: number): void {
    this.#events.set(offset, {event, bytes});
    this.#bytes += bytes;
    for (const [oldest, {bytes: freed}] of this.#events) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#events.delete(oldest);
      this.#bytes -= freed;
    }
  }

  get(offset: number): CloudEvent | undefined {
    return this.#events.get(offset)?.event;
  }
}
