import {isSeenOn, white} from '../color.ts';
import {type Attributes, attribute, integer, isOn} from './attribute.ts';
import {colorOf, type Ground, shadingOf} from './ground.ts';
import {addProperty, type Look, lookOf, visibility} from './look.ts';
import type {Level, List, Lists} from './numbering.ts';
import type {Styles} from './styles.ts';

/** What a document's parts share. */
export interface Definitions {
  styles: Styles;
  lists: Lists;
}

/** A paragraph that is open, as its properties have it. */
interface Paragraph {
  style: string | undefined;
  shading?: Ground;
  listId?: string;
  level?: number;
  /** The look of its end, and of its number with it. */
  mark: Look;
  isDeleted: boolean;
}

interface Run {
  style: string | undefined;
  direct: Look;
  /** Found when its first text comes, as the properties are before that. */
  seen?: {amount: ReturnType<typeof visibility>; font: string | undefined};
}

/** A table, row or cell that is open, with what it has from those around it. */
interface Surrounding {
  ground: Ground;
  defaults: Look;
  isGone: boolean;
}

/** A paragraph's place in a list. */
export interface Item {
  list: List;
  index: number;
  level: Level;
  isSeen: boolean;
}

/**
 * The paragraph, run and table that text stands in, as it is read: one for the page, and one for each text box, whose
 * ground is the drawing's.
 */
export class Place {
  readonly #definitions: Definitions;
  readonly #around: Surrounding[];
  #paragraph: Paragraph | undefined;
  #run: Run | undefined;

  constructor(definitions: Definitions, ground: Ground) {
    this.#definitions = definitions;
    this.#around = [{ground, defaults: definitions.styles.defaults, isGone: false}];
  }

  get isRun(): boolean {
    return this.#run !== undefined;
  }

  /** How much is seen of what is written now, and the font it is in. */
  seen(): {amount: ReturnType<typeof visibility>; font: string | undefined} {
    if (!this.#run) return {amount: 'all', font: undefined};
    this.#run.seen ??= this.#see(this.#run);
    return this.#run.seen;
  }

  open(name: string, attributes: Attributes, parent = '', grandparent = ''): void {
    if (name === 'p') this.#paragraph = {style: undefined, mark: {}, isDeleted: false};
    else if (name === 'r') this.#run = {style: undefined, direct: {}};
    else if (name === 'tbl' || name === 'tr' || name === 'tc') this.#around.push({...this.#surrounding});
    else if (name === 'background') this.#surrounding.ground = pageGroundOf(attributes);
    else if (parent === 'rPr') this.#addToText(name, attributes, grandparent);
    else if (parent === 'pPr' || parent === 'numPr') this.#addToParagraph(name, attributes);
    else if (/^t(bl|r|c)Pr(Ex)?$/.test(parent)) this.#addToTable(name, attributes);
  }

  close(name: string): void {
    if (name === 'p') this.#paragraph = undefined;
    else if (name === 'r') this.#run = undefined;
    else if (/^(tbl|tr|tc)$/.test(name) && this.#around.length > 1) this.#around.pop();
  }

  /** Where the open paragraph is in a list; null where it is in none. */
  item(): Item | null {
    const paragraph = this.#paragraph;
    if (!paragraph || this.#surrounding.isGone) return null;
    const style = this.#definitions.styles.style('paragraph', paragraph.style);
    const id = paragraph.listId ?? style.listId ?? noList;
    const list = id === noList ? undefined : this.#definitions.lists(id);
    if (!list) return null;
    const ofStyle = list.levels.findIndex(
      (level) => level?.style !== undefined && level.style === paragraph.style,
    );
    const index = paragraph.level ?? style.level ?? Math.max(ofStyle, 0);
    const level = list.levels[index];
    if (!level) return null;
    const {isVanished: _, ...mark} = paragraph.mark;
    const isSeen = this.#visibility({...mark, ...level.look}) === 'all';
    return {list, index, level, isSeen};
  }

  /** Whether nothing is left of the open paragraph where nothing in it is seen: its end was deleted or is hidden. */
  isParagraphGone(): boolean {
    if (!this.#paragraph) return true;
    const {isDeleted, mark} = this.#paragraph;
    return isDeleted || this.#surrounding.isGone || this.#look(mark).isVanished === true;
  }

  get #surrounding(): Surrounding {
    return this.#around.at(-1) ?? {ground: white, defaults: {}, isGone: false};
  }

  #see({style, direct}: Run): NonNullable<Run['seen']> {
    if (this.#surrounding.isGone) return {amount: 'nothing', font: undefined};
    return {amount: this.#visibility(direct, style), font: this.#look(direct, style).font};
  }

  #visibility(direct: Look, characterStyle?: string): ReturnType<typeof visibility> {
    const {styles} = this.#definitions;
    const shading = this.#paragraph?.shading ?? styles.style('paragraph', this.#paragraph?.style).shading;
    return visibility(this.#look(direct, characterStyle), [shading, this.#surrounding.ground]);
  }

  #look(direct: Look, characterStyle?: string): Look {
    const {styles} = this.#definitions;
    return lookOf({
      defaults: this.#surrounding.defaults,
      paragraphStyle: styles.style('paragraph', this.#paragraph?.style).look,
      characterStyle: styles.style('character', characterStyle).look,
      direct,
    });
  }

  #addToText(name: string, attributes: Attributes, grandparent: string): void {
    if (grandparent === 'pPr' && this.#paragraph) {
      if (name === 'del' || name === 'moveFrom') this.#paragraph.isDeleted = true;
      addProperty(this.#paragraph.mark, name, attributes);
    } else if (this.#run) {
      if (name === 'rStyle') this.#run.style = attribute(attributes, 'val');
      addProperty(this.#run.direct, name, attributes);
    }
  }

  #addToParagraph(name: string, attributes: Attributes): void {
    const paragraph = this.#paragraph;
    const value = attribute(attributes, 'val');
    if (!paragraph) return;
    if (name === 'pStyle') paragraph.style = value;
    else if (name === 'shd') paragraph.shading = shadingOf(attributes);
    else if (name === 'numId' && value !== undefined) paragraph.listId = value;
    else if (name === 'ilvl') paragraph.level = integer(attributes) ?? 0;
  }

  #addToTable(name: string, attributes: Attributes): void {
    const surrounding = this.#surrounding;
    const ground = name === 'shd' ? shadingOf(attributes) : 'clear';
    if (ground !== 'clear') surrounding.ground = ground;
    else if (name === 'tblStyle') {
      const {isShaded, look} = this.#definitions.styles.style('table', attribute(attributes, 'val'));
      if (isShaded) surrounding.ground = 'unknown';
      surrounding.defaults = {...surrounding.defaults, ...look};
    } else if (name === 'del' || (name === 'hidden' && isOn(attributes))) surrounding.isGone = true;
  }
}

/** The list of a paragraph that is in none, in spite of its style. */
const noList = '0';

/** A page of another color than white is one on screens, and mostly none in print. */
function pageGroundOf(attributes: Attributes): Ground {
  const color = colorOf(attribute(attributes, 'color'));
  return color === 'auto' || !isSeenOn(color, white) ? white : 'unknown';
}
