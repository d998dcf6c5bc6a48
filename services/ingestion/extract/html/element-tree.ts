import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import {type Attributes, type MarkupReader, noAttributes} from './markup.ts';
import {
  breaksOut,
  closesParagraph,
  headings,
  impliedEnds,
  inHead,
  type Scope,
  scopeOfEnd,
  scopes,
  voids,
} from './nesting.ts';

/** Who is told of the elements of a page, as they nest. */
export interface ElementReader {
  opened(name: string, attributes: Attributes): void;
  closed(name: string): void;
  text(text: string): void;
  isDone(): boolean;
}

/**
 * Nests elements as a browser does (HTML §13.2.6): most pages leave tags out, and many have tags too many.
 * Elements are not moved or opened again, as browsers do for bold text across paragraphs and text between cells.
 *
 * Each tag takes the same time at whatever depth: where elements of each name are open is kept, and not looked for.
 */
export class ElementTree implements MarkupReader {
  readonly #reader: ElementReader;
  readonly #runsScripts: boolean;
  /** Names of the open elements. */
  readonly #open: string[] = [];
  /** Of the html and the body those that were opened without a tag. */
  readonly #implied = new Set<string>();
  /** At what depths elements of a name are open, the innermost last. */
  readonly #places = new Map<string, number[]>();
  /** At what depths elements are open that a tag of a scope does not see beyond. */
  readonly #borders: Record<Scope, number[]> = {
    element: [],
    button: [],
    list: [],
    item: [],
    table: [],
    special: [],
    foreign: [],
    integration: [],
  };

  /** @param runsScripts whether they run where the page is shown: a head ends with what it holds for where they do not. */
  constructor(reader: ElementReader, runsScripts = true) {
    this.#reader = reader;
    this.#runsScripts = runsScripts;
  }

  open(name: string, attributes: Attributes, isClosed: boolean): void {
    this.#leaveForeign(name);
    if (this.#isRepeated(name)) return;
    this.#endImplied(name);
    this.#beginImplied(name);
    if (voids.has(name)) {
      this.#reader.opened(name, attributes);
      this.#reader.closed(name);
      return;
    }
    this.#push(name, attributes);
    if (isClosed) this.#pop();
  }

  close(name: string): void {
    // What comes after the end of the body is shown as a part of it: often another page, which begins a line.
    if (name === 'body' || name === 'html') this.open('br', noAttributes, false);
    else if (headings.has(name)) this.#endHeading();
    else if (name === 'br') this.open(name, noAttributes, false);
    else if (!this.#endThrough(name, scopeOfEnd(name)) && name === 'p') this.open(name, noAttributes, true);
  }

  text(text: string): void {
    if (/\S/.test(text)) {
      this.#endHead();
      this.#beginImplied('#text');
    }
    this.#reader.text(text);
  }

  /** Closes what the page left open. */
  end(): void {
    while (this.#open.length > 0) this.#pop();
  }

  isForeign(): boolean {
    const {foreign, integration} = this.#borders;
    return last(foreign) > last(integration);
  }

  isDone(): boolean {
    return this.#reader.isDone();
  }

  /** HTML that stands in SVG or MathML ends it. */
  #leaveForeign(name: string): void {
    while (this.isForeign() && breaksOut.has(name)) this.#popTo(last(this.#borders.foreign));
  }

  /** A page has one html, head and body; forms do not nest. */
  #isRepeated(name: string): boolean {
    if (name === 'head') return this.#place('head') >= 0 || this.#place('body') >= 0;
    if (name === 'form') return this.#place('form') >= 0;
    if (name !== 'html' && name !== 'body') return false;
    // One that was left out may come yet, and what it says of the page holds.
    const written = (this.#places.get(name)?.length ?? 0) - Number(this.#implied.has(name));
    return written > 0;
  }

  /** A page has an html and a body, whose styles hold, where it does not say so. */
  #beginImplied(name: string): void {
    if (name !== 'html' && this.#open.length === 0) this.#imply('html');
    if (!inHead.has(name) && name !== 'body' && this.#place('body') < 0 && this.#isBetween())
      this.#imply('body');
  }

  /** Whether nothing is open but the page: neither its head nor anything in it. */
  #isBetween(): boolean {
    return this.#open.length === 0 || this.#open.at(-1) === 'html';
  }

  #imply(name: string): void {
    this.#implied.add(name);
    this.#push(name, noAttributes);
  }

  /** Before what no head may hold (HTML §13.2.6.4.5). */
  #endHead(): void {
    const isInNoscript = this.#open.at(-1) === 'noscript' && this.#open.at(-2) === 'head';
    if (isInNoscript && !this.#runsScripts) this.#pop();
    if (this.#open.at(-1) === 'head') this.#pop();
  }

  #endImplied(name: string): void {
    if (!inHead.has(name)) this.#endHead();
    if (name === 'body') this.#endThrough('head', 'table');
    const ends = impliedEnds.get(name);
    for (const end of ends?.names ?? []) this.#endThrough(end, ends?.scope ?? 'element');
    if (closesParagraph.has(name)) this.#endThrough('p', 'button');
    if (headings.has(name) && headings.has(this.#open.at(-1) ?? '')) this.#pop();
  }

  /** The end of any heading ends whichever is open. */
  #endHeading(): void {
    const at = Math.max(...Array.from(headings, (name) => this.#place(name)));
    if (at > last(this.#borders.element)) this.#popTo(at);
  }

  /** Closes the innermost element of a name and all in it, where the scope lets it be seen. */
  #endThrough(name: string, scope: Scope): boolean {
    const at = this.#place(name);
    if (at < 0 || at < last(this.#borders[scope])) return false;
    this.#popTo(at);
    return true;
  }

  #push(name: string, attributes: Attributes): void {
    const depth = this.#open.push(name) - 1;
    if (depth >= limits.htmlDepth) throw new Unreadable('too-large');
    const places = this.#places.get(name);
    if (places) places.push(depth);
    else this.#places.set(name, [depth]);
    for (const scope of scopes.get(name) ?? []) this.#borders[scope].push(depth);
    this.#reader.opened(name, attributes);
  }

  #popTo(depth: number): void {
    while (this.#open.length > depth) this.#pop();
  }

  #pop(): void {
    const name = this.#open.pop();
    if (name === undefined) return;
    this.#places.get(name)?.pop();
    for (const scope of scopes.get(name) ?? []) this.#borders[scope].pop();
    this.#reader.closed(name);
  }

  #place(name: string): number {
    return last(this.#places.get(name) ?? []);
  }
}

function last(places: readonly number[]): number {
  return places.at(-1) ?? -1;
}
