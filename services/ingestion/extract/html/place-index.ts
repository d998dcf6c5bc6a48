import type {Attributes} from './markup.ts';
import type {Combinator, Compound} from './selectors.ts';
import type {Place} from './style-sheet.ts';

/** An element as selectors see it. */
export interface Candidate {
  readonly name: string;
  readonly attributes: Attributes;
  readonly classes: ReadonlySet<string>;
}

/** Whether it is about an element that stands beside another, and not in it. */
export function isOfSibling(combinator: Combinator): boolean {
  return combinator === '~' || combinator === '+';
}

/**
 * Finds the places that an element may be at by what it has: its name, identifier, classes and attributes. Of
 * places in others those are found that are in one which is open, since the sheets of a page have thousands
 * of rules for links and cells, each for those of another part of the page.
 */
export class PlaceIndex {
  readonly #anywhere = new Map<string, Place[]>();
  /** For each key places in others by the one that they are in. */
  readonly #within = new Map<string, Map<Place, Place[]>>();
  /** For each key places after others by the one that they are after. */
  readonly #after = new Map<string, Map<Place, Place[]>>();
  /** Open places that have others in them. */
  readonly #open = new Set<Place>();
  /** Attributes that selectors ask for. */
  readonly #attributes = new Set<string>();

  add(place: Place): void {
    const {compound, outer, combinator} = place;
    const key = keyOf(compound);
    if (compound.ids.length > 0) this.#attributes.add('id');
    for (const [name] of compound.attributes) this.#attributes.add(name);
    if (outer === null) put(this.#anywhere, key, place);
    else {
      const related = isOfSibling(combinator) ? this.#after : this.#within;
      const others = related.get(key) ?? new Map<Place, Place[]>();
      related.set(key, others);
      put(others, outer, place);
    }
  }

  opened(place: Place): void {
    if (place.inner.size > 0) this.#open.add(place);
  }

  closed(place: Place): void {
    this.#open.delete(place);
  }

  /** @param before places of the elements that stand before it in the same one, those that others are after. */
  *candidates({name, attributes, classes}: Candidate, before: ReadonlySet<Place>): Generator<Place> {
    for (const key of this.#keysOf(name, attributes, classes)) {
      yield* this.#anywhere.get(key) ?? [];
      yield* placesOf(this.#within.get(key), this.#open);
      yield* placesOf(this.#after.get(key), before);
    }
  }

  #keysOf(name: string, attributes: Attributes, classes: ReadonlySet<string>): string[] {
    const keys = [name, '*', ...Array.from(classes, (token) => `.${token}`)];
    for (const [attribute, value] of attributes)
      if (this.#attributes.has(attribute)) keys.push(`[${attribute}`, `[${attribute}=${value}`);
    return keys;
  }
}

/** The places to some others, by whichever are fewer. */
function* placesOf(
  related: ReadonlyMap<Place, readonly Place[]> | undefined,
  others: ReadonlySet<Place>,
): Generator<Place> {
  if (related === undefined) return;
  if (related.size <= others.size) for (const places of related.values()) yield* places;
  else for (const other of others) yield* related.get(other) ?? [];
}

/** The rarest of what an element must have. */
function keyOf({ids, classes, attributes: [attribute], name}: Compound): string {
  if (ids[0] !== undefined) return `[id=${ids[0]}`;
  if (classes[0] !== undefined) return `.${classes[0]}`;
  if (attribute) return attribute[1] === null ? `[${attribute[0]}` : `[${attribute[0]}=${attribute[1]}`;
  return name ?? '*';
}

function put<Key>(places: Map<Key, Place[]>, key: Key, place: Place): void {
  const there = places.get(key);
  if (there) there.push(place);
  else places.set(key, [place]);
}
