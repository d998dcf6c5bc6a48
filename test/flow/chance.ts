import {randomFrom} from '../../services/classification/random.ts';

/** Chance that takes the same course for the same seed. */
export class Chance {
  /** The next number, from 0 up to 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = randomFrom(seed);
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** One of them. @throws TypeError when there is none. */
  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new TypeError('Expected something to choose from, got nothing.');
    return item;
  }

  /** Whether something of this likelihood, 0 to 1, happens now. */
  happens(likelihood: number): boolean {
    return this.next() < likelihood;
  }
}
