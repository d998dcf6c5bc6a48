export interface PlacesOptions {
  /** How many are known in all; those that were away longest are forgotten first. (Default: 10,000) */
  most?: number;
  /** Who is away for so long does not come again, in milliseconds. (Default: 10 minutes) */
  forgetMs?: number;
  /** Milliseconds that only go up. */
  now: () => number;
}

interface Place {
  readonly number: number;
  readonly sender: string;
  seenAt: number;
}

/** The places of those that wait, who keep them while they are away to come again. */
export class Places {
  readonly #options: Required<PlacesOptions>;
  /** By key, who was seen longest ago first. */
  readonly #places = new Map<string, Place>();
  readonly #counts = new Map<string, number>();
  #last = 0;

  constructor(options: PlacesOptions) {
    this.#options = {most: 10_000, forgetMs: 600_000, ...options};
  }

  /** The place that somebody has, or gets: who came first has the lowest. */
  of(key: string, sender: string): number {
    const known = this.#places.get(key);
    const place = known ?? {number: ++this.#last, sender, seenAt: 0};
    place.seenAt = this.#options.now();
    this.#places.delete(key);
    this.#places.set(key, place);
    if (known === undefined) this.#counts.set(sender, this.countOf(sender) + 1);
    this.#forget();
    return place.number;
  }

  /** Somebody waits no longer. */
  leave(key: string): void {
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#places.delete(key);
    const left = this.countOf(place.sender) - 1;
    if (left > 0) this.#counts.set(place.sender, left);
    else this.#counts.delete(place.sender);
  }

  /** How many of a sender's wait, here or away. */
  countOf(sender: string): number {
    return this.#counts.get(sender) ?? 0;
  }

  #forget(): void {
    const {most, forgetMs, now} = this.#options;
    const since = now() - forgetMs;
    for (const [key, {seenAt}] of this.#places) {
      if (seenAt >= since && this.#places.size <= most) return;
      this.leave(key);
    }
  }
}
