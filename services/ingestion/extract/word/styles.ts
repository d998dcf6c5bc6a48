import type {Unpack} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import type {ZipEntry} from '../archive/zip.ts';
import {isSeenOn, white} from '../color.ts';
import {type Attributes, attribute, integer} from './attribute.ts';
import {type Ground, shadingOf} from './ground.ts';
import {addProperty, type Look} from './look.ts';

export type StyleKind = 'paragraph' | 'character' | 'table' | 'numbering';

/** What a style says of the text that has it (ECMA-376 part 1 §17.7), with what it has from the styles it is based on. */
export interface Style {
  look: Look;
  /** What its paragraphs stand on. */
  shading?: Ground;
  /** Of a table's style: whether it puts a color under any of its cells. */
  isShaded?: boolean;
  /** The list that its paragraphs are in, and how deep. */
  listId?: string;
  level?: number;
}

/** The styles of a document. */
export interface Styles {
  /** The look of all text. */
  defaults: Look;
  /** The style of that name, or the one of those that name none. */
  style(kind: StyleKind, id: string | undefined): Style;
}

/** The styles of a document that has none. */
export const noStyles: Styles = {defaults: {}, style: () => ({look: {}})};

/** Reads a document's `styles` part. */
export function readStyles(part: ZipEntry, unpack: Unpack): Styles {
  const sheet = new Sheet();
  readXml(part, unpack, {
    open: (name, attributes) => sheet.open(name, attributes),
    close: () => sheet.close(),
  });
  return sheet;
}

interface Written extends Style {
  basedOn?: string;
  isResolved?: boolean;
}

/** What changed is also written as it was before. */
const former = new Set(['rPrChange', 'pPrChange', 'tblPrChange', 'trPrChange', 'tcPrChange']);

class Sheet implements Styles {
  readonly defaults: Look = {};
  readonly #styles = new Map<string, Written>();
  /** Of each kind, the name of the style of what names none. */
  readonly #usual = new Map<string, string>();
  /** Names of the open elements. */
  readonly #path: string[] = [];
  #former = 0;
  #kind = '';
  #style: Written | undefined;

  style(kind: StyleKind, id: string | undefined): Style {
    const style = this.#styles.get(`${kind} ${id ?? this.#usual.get(kind)}`);
    if (!style) return id === undefined || !this.#usual.has(kind) ? {look: {}} : this.style(kind, undefined);
    this.#resolve(kind, style);
    return style;
  }

  open(name: string, attributes: Attributes): void {
    const [parent, grandparent] = [this.#path.at(-1), this.#path.at(-2)];
    this.#path.push(name);
    if (this.#former > 0 || former.has(name)) this.#former++;
    else if (name === 'style') this.#begin(attributes);
    else if (grandparent === 'rPrDefault') addProperty(this.defaults, name, attributes);
    else if (this.#style) this.#add(this.#style, name, attributes, parent, grandparent);
  }

  close(): void {
    if (this.#former > 0) this.#former--;
    if (this.#path.pop() === 'style') this.#style = undefined;
  }

  #begin(attributes: Attributes): void {
    this.#kind = attribute(attributes, 'type') ?? 'paragraph';
    const id = attribute(attributes, 'styleId') ?? '';
    this.#style = {look: {}};
    this.#styles.set(`${this.#kind} ${id}`, this.#style);
    if (/^(1|true|on)$/.test(attribute(attributes, 'default') ?? '')) this.#usual.set(this.#kind, id);
  }

  #add(style: Written, name: string, attributes: Attributes, parent = '', grandparent = ''): void {
    const value = attribute(attributes, 'val');
    if (name === 'basedOn' && value !== undefined) style.basedOn = value;
    else if (parent === 'rPr' && grandparent === 'style') addProperty(style.look, name, attributes);
    else if (parent === 'pPr' && grandparent === 'style' && name === 'shd')
      style.shading = shadingOf(attributes);
    else if (name === 'shd' && this.#kind === 'table') {
      const ground = shadingOf(attributes);
      if (ground === 'unknown' || (ground !== 'clear' && isSeenOn(ground, white))) style.isShaded = true;
    }
    if (name === 'numId' && value !== undefined) style.listId = value;
    else if (name === 'ilvl') {
      const level = integer(attributes);
      if (level !== undefined) style.level = level;
    }
  }

  /** Adds what a style has from those that it is based on, each of which is done once; a circle ends where it closes. */
  #resolve(kind: StyleKind, style: Written): void {
    const chain: Written[] = [];
    for (let next: Written | undefined = style; next && !next.isResolved; ) {
      next.isResolved = true;
      chain.push(next);
      next = next.basedOn === undefined ? undefined : this.#styles.get(`${kind} ${next.basedOn}`);
    }
    for (const derived of chain.reverse()) {
      const base = this.#styles.get(`${kind} ${derived.basedOn}`);
      if (base) Object.assign(derived, {...base, ...derived, look: {...base.look, ...derived.look}});
    }
  }
}
