import type {Unpack} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import type {ZipEntry} from '../archive/zip.ts';
import {limits} from '../limits.ts';
import {type Attributes, attribute, integer, isOn} from './attribute.ts';
import {addProperty, type Look} from './look.ts';
import type {Styles} from './styles.ts';

/** One of the nine levels of a list (ECMA-376 part 1 §17.9.6). */
export interface Level {
  /** Of its first number. */
  start: number;
  format: string;
  /** What stands before a paragraph: `%1` is the number of the first level. */
  text: string;
  /** Level, from 1, whose paragraphs let this one start anew, as those above that do; 0 for none, all above it by default. */
  restart?: number;
  /** Whether the numbers of all levels are written in digits. */
  isLegal: boolean;
  isApart: boolean;
  look: Look;
  /** Style whose paragraphs are at this level. */
  style?: string;
}

/** A list as the paragraphs in it name it. */
export interface List {
  /** What it counts in: lists of the same kind go on counting where the other stopped. */
  kind: string;
  levels: readonly (Level | undefined)[];
  /** Levels at which it starts anew when it is used first, and the first number there. */
  starts: ReadonlyMap<number, number>;
}

/** The lists of a document, by their id. */
export type Lists = (id: string) => List | undefined;

/** Reads a document's `numbering` part. */
export function readNumbering(part: ZipEntry, unpack: Unpack, styles: Styles): Lists {
  const definitions = new Definitions();
  readXml(part, unpack, {
    open: (name, attributes) => definitions.open(name, attributes),
    close: () => definitions.close(),
  });
  const known = new Map<string, List | undefined>();
  return (id) => {
    if (!known.has(id)) known.set(id, definitions.list(id, styles));
    return known.get(id);
  };
}

interface Kind {
  levels: (Level | undefined)[];
  /** Style of lists that defines this kind in its stead. */
  style?: string;
}

interface Use extends Kind {
  kind: string;
  starts: Map<number, number>;
}

/** Kinds of lists, `w:abstractNum`, and their uses, `w:num`, which can have levels and starts of their own. */
class Definitions {
  readonly #kinds = new Map<string, Kind>();
  readonly #uses = new Map<string, Use>();
  readonly #path: string[] = [];
  #open: Kind | Use | undefined;
  #index = 0;

  list(id: string, styles: Styles): List | undefined {
    const use = this.#uses.get(id);
    const named = use && this.#kinds.get(use.kind);
    if (!use || !named) return undefined;
    const other = named.style === undefined ? undefined : styles.style('numbering', named.style).listId;
    const kindName = (other === undefined ? undefined : this.#uses.get(other)?.kind) ?? use.kind;
    const kind = this.#kinds.get(kindName) ?? named;
    const levels = Array.from({length: 9}, (_, index) => use.levels[index] ?? kind.levels[index]);
    return {kind: kindName, levels, starts: use.starts};
  }

  open(name: string, attributes: Attributes): void {
    const [parent, grandparent] = [this.#path.at(-1), this.#path.at(-2)];
    this.#path.push(name);
    if (name === 'abstractNum') {
      this.#open = {levels: []};
      this.#kinds.set(attribute(attributes, 'abstractNumId') ?? '', this.#open);
    } else if (name === 'num') {
      this.#open = {levels: [], kind: '', starts: new Map()};
      this.#uses.set(attribute(attributes, 'numId') ?? '', this.#open);
    } else if (this.#open) this.#addTo(this.#open, name, attributes);
    const level = this.#open?.levels[this.#index];
    if (level && parent === 'lvl') addToLevel(level, name, attributes);
    // Newer formats stand in a choice, with an older one to fall back to.
    if (level && parent === 'Choice' && name === 'numFmt')
      level.format = attribute(attributes, 'format') ?? '';
    if (level && parent === 'rPr' && grandparent === 'lvl') addProperty(level.look, name, attributes);
  }

  close(): void {
    const name = this.#path.pop();
    if (name === 'abstractNum' || name === 'num') this.#open = undefined;
  }

  #addTo(open: Kind | Use, name: string, attributes: Attributes): void {
    const value = attribute(attributes, 'val');
    if (name === 'lvl' || name === 'lvlOverride') this.#index = levelOf(attributes);
    if (name === 'lvl')
      open.levels[this.#index] = {
        start: 0,
        format: 'decimal',
        text: '',
        isLegal: false,
        isApart: true,
        look: {},
      };
    else if (name === 'numStyleLink' && value !== undefined) open.style = value;
    else if (!('kind' in open)) return;
    else if (name === 'abstractNumId') open.kind = value ?? '';
    else if (name === 'startOverride') open.starts.set(this.#index, integer(attributes) ?? 0);
  }
}

function levelOf(attributes: Attributes): number {
  return Math.min(Math.max(integer(attributes, 'ilvl') ?? 0, 0), 8);
}

function addToLevel(level: Level, name: string, attributes: Attributes): void {
  const value = attribute(attributes, 'val') ?? '';
  if (name === 'start') level.start = integer(attributes) ?? 0;
  else if (name === 'numFmt') level.format = value;
  else if (name === 'lvlText') level.text = value.slice(0, limits.lineCharacters);
  else if (name === 'lvlRestart') level.restart = integer(attributes) ?? 0;
  else if (name === 'isLgl') level.isLegal = isOn(attributes);
  else if (name === 'suff') level.isApart = value !== 'nothing';
  else if (name === 'pStyle') level.style = value;
}
