import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import type {Attributes} from './markup.ts';
import {type Compound, type Step, selectorsIn, specificityOf} from './selectors.ts';
import {type Declaration, declarationsIn} from './style-declarations.ts';
import {rulesIn} from './style-rules.ts';
import {withoutComments} from './style-text.ts';

/** One step of a selector. Selectors that begin alike share their first steps. */
export interface Place {
  readonly compound: Compound;
  readonly isChild: boolean;
  readonly outer: Place | null;
  readonly inner: Map<string, Place>;
  readonly said: Map<string, {value: string; weight: number}>;
  /** Depths of the open elements that are at this place. */
  readonly open: number[];
}

/**
 * The style sheets of a page. Which elements are open at which place is kept as they open and close, so that no
 * selector looks for what an element stands in; the work that remains is held in proportion to the page.
 */
export class StyleSheet {
  readonly #roots = new Map<string, Place>();
  /** Places by what an element must have to be there. */
  readonly #places = new Map<string, Place[]>();
  /** Attributes that selectors ask for. */
  readonly #attributes = new Set<string>();
  #selectors = 0;
  #declarations = 0;
  #work: number;

  /** @param pageCharacters how large the page is that the sheets are for. */
  constructor(sheets: readonly string[], pageCharacters: number) {
    this.#work = limits.styleWork * pageCharacters;
    for (const sheet of sheets) this.#read(withoutComments(sheet));
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  /** The places that an element is at which opens in others. */
  placesOf(name: string, attributes: Attributes, depth: number): Place[] {
    const classes = new Set(attributes.get('class')?.split(/\s+/) ?? []);
    const keys = [name, '*', ...Array.from(classes, (token) => `.${token}`)];
    for (const [attribute, value] of attributes)
      if (this.#attributes.has(attribute)) keys.push(`[${attribute}`, `[${attribute}=${value}`);
    const found: Place[] = [];
    for (const key of keys)
      for (const place of this.#places.get(key) ?? []) {
        this.#spend(1 + place.said.size);
        if (isBelow(place, depth) && is(place.compound, name, attributes, classes)) found.push(place);
      }
    return found;
  }

  #read(sheet: string): void {
    for (const {selectors, declarations} of rulesIn(sheet)) {
      const said = declarationsIn(declarations);
      if (said.length === 0) continue;
      const order = this.#declarations;
      this.#declarations += said.length;
      for (const steps of selectorsIn(selectors)) {
        if (++this.#selectors > limits.styleSelectors) return;
        this.#say(steps, said, order);
      }
    }
  }

  #say(steps: readonly Step[], declarations: readonly Declaration[], order: number): void {
    const place = this.#placeFor(steps);
    const specificity = specificityOf(steps);
    for (const [index, {property, value, isImportant}] of declarations.entries()) {
      const weight = weightOf(specificity, order + index, isImportant);
      if (weight >= (place.said.get(property)?.weight ?? 0)) place.said.set(property, {value, weight});
    }
  }

  #placeFor(steps: readonly Step[]): Place {
    let siblings = this.#roots;
    let outer: Place | null = null;
    for (const {compound, isChild} of steps) {
      const key = JSON.stringify([isChild, compound]);
      const place: Place = siblings.get(key) ?? {
        compound,
        isChild,
        outer,
        inner: new Map(),
        said: new Map(),
        open: [],
      };
      if (!siblings.has(key)) {
        siblings.set(key, place);
        this.#index(place);
      }
      outer = place;
      siblings = place.inner;
    }
    if (outer === null) throw new TypeError('A selector has at least one step.');
    return outer;
  }

  #index(place: Place): void {
    const key = keyOf(place.compound);
    const places = this.#places.get(key);
    if (places) places.push(place);
    else this.#places.set(key, [place]);
    if (place.compound.ids.length > 0) this.#attributes.add('id');
    for (const [name] of place.compound.attributes) this.#attributes.add(name);
  }

  #spend(work: number): void {
    this.#work -= work;
    if (this.#work < 0) throw new Unreadable('too-large');
  }
}

/** Of two values the one that weighs more holds: important, then particular, then late. */
export function weightOf(specificity: number, order: number, isImportant: boolean): number {
  return (isImportant ? important : 0) + specificity * limits.styleCharacters + order + 1;
}

/** What an element's own style weighs, more than any selector. */
export const ownSpecificity = 2 ** 24;
const important = 2 ** 51;

function isBelow({outer, isChild}: Place, depth: number): boolean {
  if (outer === null) return true;
  return isChild ? outer.open.at(-1) === depth - 1 : outer.open.length > 0;
}

function is(compound: Compound, name: string, attributes: Attributes, classes: ReadonlySet<string>): boolean {
  return (
    (compound.name === null || compound.name === name) &&
    compound.ids.every((id) => attributes.get('id') === id) &&
    compound.classes.every((token) => classes.has(token)) &&
    compound.attributes.every(([key, value]) =>
      value === null ? attributes.has(key) : attributes.get(key) === value,
    )
  );
}

/** The rarest of what an element must have. */
function keyOf({ids, classes, attributes: [attribute], name}: Compound): string {
  if (ids[0] !== undefined) return `[id=${ids[0]}`;
  if (classes[0] !== undefined) return `.${classes[0]}`;
  if (attribute) return attribute[1] === null ? `[${attribute[0]}` : `[${attribute[0]}=${attribute[1]}`;
  return name ?? '*';
}
