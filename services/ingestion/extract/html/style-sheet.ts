import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import type {Attributes} from './markup.ts';
import {type Candidate, isOfSibling, PlaceIndex} from './place-index.ts';
import {type Combinator, type Compound, type Step, selectorsIn, specificityOf} from './selectors.ts';
import {Siblings} from './siblings.ts';
import {declarationsIn} from './style-declarations.ts';
import {rulesIn} from './style-rules.ts';
import {withoutComments} from './style-text.ts';

/** What is said of a property, and how much that weighs against what else is said of it. */
export interface Weighed {
  readonly value: string;
  readonly weight: number;
}

/** One step of a selector. Selectors that begin alike share their first steps. */
export interface Place {
  readonly compound: Compound;
  readonly combinator: Combinator;
  readonly outer: Place | null;
  readonly inner: Map<string, Place>;
  /** Whether selectors go on with elements beside it. */
  isFollowed: boolean;
  readonly said: Map<string, Weighed>;
  /** Depths of the open elements that are at this place. */
  readonly open: number[];
}

/**
 * The style sheets of a page. Which elements are open at which place is kept as they open and close, so that no
 * selector looks for what an element stands in; the work that remains is held in proportion to the page.
 */
export class StyleSheet {
  readonly #roots = new Map<string, Place>();
  readonly #index = new PlaceIndex();
  readonly #siblings = new Siblings();
  #selectors = 0;
  #declarations = 0;
  #work: number;

  /** @param pageCharacters how large the page is that the sheets are for. */
  constructor(sheets: readonly string[], pageCharacters: number) {
    this.#work = limits.styleWork * pageCharacters;
    for (const sheet of sheets) this.#read(withoutComments(sheet));
  }

  /**
   * The places that an element is at which opens in others.
   *
   * @throws Unreadable too-large when finding them all takes too long.
   */
  opened(name: string, attributes: Attributes, depth: number): readonly Place[] {
    if (this.#roots.size === 0) return nowhere;
    const classes = new Set(attributes.get('class')?.split(/\s+/) ?? []);
    const element = {name, attributes, classes};
    const places: Place[] = [];
    for (const place of this.#index.candidates(element, this.#siblings.before(depth))) {
      this.#spend(1 + place.said.size);
      if (this.#isThere(place, depth) && is(place.compound, element)) places.push(place);
    }
    this.#siblings.opened(places, depth);
    for (const place of places) {
      place.open.push(depth);
      this.#index.opened(place);
    }
    return places;
  }

  closed(places: readonly Place[]): void {
    for (const place of places) {
      place.open.pop();
      if (place.open.length === 0) this.#index.closed(place);
    }
  }

  #isThere(place: Place, depth: number): boolean {
    const {outer, combinator} = place;
    if (outer === null) return true;
    if (combinator === '~') return this.#siblings.before(depth).has(outer);
    if (combinator === '+') return this.#siblings.last(depth).has(outer);
    return combinator === '>' ? outer.open.at(-1) === depth - 1 : outer.open.length > 0;
  }

  #read(sheet: string): void {
    for (const {selectors, declarations} of rulesIn(sheet)) {
      const said = this.#weighed(declarations);
      if (said.size === 0) continue;
      for (const steps of selectorsIn(selectors)) {
        if (++this.#selectors > limits.styleSelectors) return;
        this.#say(steps, said);
      }
    }
  }

  /** What a rule says, weighed among rules that are as particular. */
  #weighed(declarations: string): Map<string, Weighed> {
    const said = new Map<string, Weighed>();
    for (const {property, value, isImportant} of declarationsIn(declarations))
      weigh(said, property, {value, weight: weightOf(0, this.#declarations++, isImportant)});
    return said;
  }

  #say(steps: readonly Step[], said: ReadonlyMap<string, Weighed>): void {
    const place = this.#placeFor(steps);
    const particular = weightOf(specificityOf(steps), 0, false);
    for (const [property, {value, weight}] of said)
      weigh(place.said, property, {value, weight: weight + particular});
  }

  #placeFor(steps: readonly Step[]): Place {
    let siblings = this.#roots;
    let outer: Place | null = null;
    for (const {compound, combinator} of steps) {
      const key = JSON.stringify([combinator, compound]);
      let place: Place | undefined = siblings.get(key);
      if (!place) {
        place = {compound, combinator, outer, inner: new Map(), isFollowed: false, said: new Map(), open: []};
        if (outer !== null && isOfSibling(combinator)) outer.isFollowed = true;
        siblings.set(key, place);
        this.#index.add(place);
      }
      outer = place;
      siblings = place.inner;
    }
    if (outer === null) throw new TypeError('A selector has at least one step.');
    return outer;
  }

  #spend(work: number): void {
    this.#work -= work;
    if (this.#work < 0) throw new Unreadable('too-large');
  }
}

const nowhere: readonly Place[] = Object.freeze([]);

/** Keeps of what is said of a property what weighs more, or is said later. */
export function weigh(said: Map<string, Weighed>, property: string, weighed: Weighed): void {
  if (weighed.weight >= (said.get(property)?.weight ?? 0)) said.set(property, weighed);
}

/** Of two values the one that weighs more holds: important, then particular, then late. */
export function weightOf(specificity: number, order: number, isImportant: boolean): number {
  return (isImportant ? important : 0) + specificity * orders + Math.min(order, orders - 1);
}

/** What an element's own style weighs, more than any selector. */
export const ownSpecificity = 2 ** 24;
/** More declarations than are read of a page. */
const orders = 2 ** 24;
const important = 2 ** 51;

function is(compound: Compound, {name, attributes, classes}: Candidate): boolean {
  return (
    (compound.name === null || compound.name === name) &&
    compound.ids.every((id) => attributes.get('id') === id) &&
    compound.classes.every((token) => classes.has(token)) &&
    compound.attributes.every(([key, value]) =>
      value === null ? attributes.has(key) : attributes.get(key) === value,
    )
  );
}
