import type {Place} from './style-sheet.ts';

/** Of the elements that stand in an open one, which places they are at that selectors go on from beside them. */
interface Row {
  /** Of all that came. */
  readonly all: Set<Place>;
  /** Of the one that came last. */
  last: ReadonlySet<Place>;
}

const none: ReadonlySet<Place> = new Set([]);

/** The places of the elements that stand before another one, as elements open: those that are in the same one. */
export class Siblings {
  /** By the depth that its elements are at; undefined where none is at such a place. */
  readonly #rows: (Row | undefined)[] = [];

  /** The places of all elements before the one that opens at this depth. */
  before(depth: number): ReadonlySet<Place> {
    return this.#rows[depth]?.all ?? none;
  }

  /** The places of the element directly before it. */
  last(depth: number): ReadonlySet<Place> {
    return this.#rows[depth]?.last ?? none;
  }

  opened(places: readonly Place[], depth: number): void {
    // What stands in it comes after nothing.
    this.#rows[depth + 1] = undefined;
    const followed = places.filter(({isFollowed}) => isFollowed);
    const row = this.#rows[depth];
    if (row === undefined && followed.length === 0) return;
    const {all} = row ?? {all: new Set<Place>()};
    for (const place of followed) all.add(place);
    this.#rows[depth] = {all, last: followed.length === 0 ? none : new Set(followed)};
  }
}
