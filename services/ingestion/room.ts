import type {Holding} from '#kit';

export interface RoomOptions {
  /** What may be held in all. (Default: 128 MiB) */
  bytes?: number;
  /** What those that hold little may hold besides, so that letters go past heavy scans. (Default: 16 MiB) */
  reserveBytes?: number;
  /** How long somebody may say nothing while others wait for room, in milliseconds. (Default: 10,000) */
  stalledMs?: number;
}

/** Who holds no more than this holds little. */
const littleBytes = 256 * 1024;

/**
 * Memory for uploads that arrive at the same time. Where it is full the others wait to be heard, and the one that
 * came first is always heard, so that somebody gets done. Whoever says nothing while others wait is turned away.
 */
export class Room {
  readonly #options: Required<RoomOptions>;
  /** Those that are here, in the order in which they came. */
  readonly #guests = new Set<Guest>();
  #watch: NodeJS.Timeout | undefined;

  constructor(options: RoomOptions = {}) {
    this.#options = {bytes: 128 * 1024 * 1024, reserveBytes: 16 * 1024 * 1024, stalledMs: 10_000, ...options};
  }

  /** What is held in all, in bytes. */
  get held(): number {
    let held = 0;
    for (const guest of this.#guests) held += guest.held;
    return held;
  }

  /** Lets somebody in, who has to leave. `turnAway` ends it from here. */
  enter(turnAway: () => void): Holding & {leave(): void} {
    const guest: Guest = {held: 0, wants: 0, isWhole: false, heardAt: Date.now(), turnAway, goOn: () => {}};
    this.#guests.add(guest);
    return {
      take: (length) => this.#take(guest, length),
      whole: () => {
        guest.isWhole = true;
      },
      leave: () => {
        this.#guests.delete(guest);
        this.#letOn();
      },
    };
  }

  #take(guest: Guest, length: number): Promise<void> | undefined {
    guest.heardAt = Date.now();
    guest.wants = length;
    if (this.#hasRoomFor(guest)) {
      hold(guest);
      return undefined;
    }
    this.#watch ??= setInterval(() => this.#turnAwayStalled(), this.#options.stalledMs / 10);
    return new Promise((resolve) => {
      guest.goOn = resolve;
    });
  }

  #hasRoomFor(guest: Guest): boolean {
    const {bytes, reserveBytes} = this.#options;
    const [first] = this.#guests;
    if (guest === first) return true;
    const most = guest.held + guest.wants <= littleBytes ? bytes + reserveBytes : bytes;
    return this.held + guest.wants <= most;
  }

  /** Lets those go on that there is room for now, the longest here first. */
  #letOn(): void {
    for (const guest of this.#guests) {
      if (guest.wants === 0 || !this.#hasRoomFor(guest)) continue;
      hold(guest);
      guest.goOn();
    }
    if ([...this.#guests].every(({wants}) => wants === 0)) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    }
  }

  #turnAwayStalled(): void {
    const since = Date.now() - this.#options.stalledMs;
    for (const guest of this.#guests)
      if (!guest.isWhole && guest.wants === 0 && guest.heardAt < since) guest.turnAway();
  }
}

interface Guest {
  held: number;
  /** Bytes that it waits to hold; 0: it does not wait. */
  wants: number;
  /** Whether all of it has arrived. */
  isWhole: boolean;
  heardAt: number;
  turnAway: () => void;
  goOn: () => void;
}

function hold(guest: Guest): void {
  guest.held += guest.wants;
  guest.wants = 0;
  guest.heardAt = Date.now();
}
