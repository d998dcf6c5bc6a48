import type {Unpack} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import type {ZipEntry} from '../archive/zip.ts';
import {limits} from '../limits.ts';
import {type Attributes, attribute} from './attribute.ts';
import {Fields} from './fields.ts';
import {ListCounter} from './list-counter.ts';
import {type Definitions, Place} from './place.ts';
import {symbolIn, textIn} from './symbols.ts';

/** A document of another format that stands in the text (ECMA-376 part 1 §17.17.2.1), by the id of its relationship. */
export interface Chunk {
  id: string;
}

/**
 * The text of one part of a Word document (WordprocessingML, ECMA-376 part 1 §17) as a reader of it sees it, in pieces:
 * deleted, moved away and hidden text is not in it, numbers that Word makes are, a text box is in it once and after its
 * paragraph.
 */
export function wordText(part: ZipEntry, unpack: Unpack, definitions: Definitions): (string | Chunk)[] {
  const page = new Page(definitions);
  readXml(part, unpack, {
    open: (name, attributes) => page.open(name, attributes),
    text: (text) => page.text(text),
    close: (name) => page.close(name),
    isDone: () => page.characters > limits.characters,
  });
  return page.pieces();
}

/**
 * `Fallback` repeats its `Choice` for older programs, `rt` is the reading aid above East Asian characters, and what was
 * changed is also written as it was before.
 */
const skipped = new Set([
  ...['del', 'moveFrom', 'Fallback', 'rt', 'numberingChange', 'sectPrChange'],
  ...['rPrChange', 'pPrChange', 'tblPrChange', 'tblPrExChange', 'tblGridChange', 'trPrChange', 'tcPrChange'],
]);
const marks: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['ptab', '\t'],
  ['br', '\n'],
  ['cr', '\n'],
  ['noBreakHyphen', '-'],
]);

/** The page, or a text box that is open on it. */
interface Story {
  pieces: (string | Chunk)[];
  place: Place;
  /** Whether the open paragraph was counted as one of a list. */
  isCounted: boolean;
}

/** Text in the making. */
class Page {
  characters = 0;
  readonly #definitions: Definitions;
  readonly #stories: Story[] = [];
  #story: Story;
  /** Text boxes that wait for the end of their paragraph. */
  #boxes: (string | Chunk)[] = [];
  readonly #fields = new Fields();
  readonly #counter = new ListCounter();
  /** Names of the open elements. */
  readonly #path: string[] = [];
  #skipping = 0;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
    this.#story = {pieces: [], place: new Place(definitions, 'clear'), isCounted: false};
  }

  open(name: string, attributes: Attributes): void {
    const [parent, grandparent] = [this.#path.at(-1), this.#path.at(-2)];
    this.#path.push(name);
    const {place} = this.#story;
    if (this.#skipping === 0) place.open(name, attributes, parent, grandparent);
    if (this.#skipping > 0 || skipped.has(name)) this.#skipping++;
    else if (name === 'p') this.#story.isCounted = false;
    else if (name === 'altChunk') this.#addChunk(attributes);
    else if (name === 'txbxContent') this.#beginBox();
    else if (name === 'fldChar') this.#addField(attributes);
    // Tab stops are called like tabs; only what is in a run is text.
    else if (place.isRun) this.#addMark(name, attributes, parent);
  }

  text(text: string): void {
    if (this.#skipping > 0 || this.#path.at(-1) !== 't') return;
    const {amount, font} = this.#story.place.seen();
    if (amount === 'all') this.#write(textIn(font, text));
    else if (amount === 'room') this.#write(/^\s*$/.test(text) ? text : ' ');
  }

  close(name: string): void {
    this.#path.pop();
    if (this.#skipping > 0) {
      this.#skipping--;
      return;
    }
    if (name === 'p') this.#endParagraph();
    else if (name === 'tc') this.#endWith('\n', '\t');
    else if (name === 'tr') this.#endWith('\t', '\n');
    else if (name === 'txbxContent' && this.#stories.length > 0) this.#endBox();
    this.#story.place.close(name);
  }

  pieces(): (string | Chunk)[] {
    return [...this.#stories, this.#story].flatMap(({pieces}) => pieces);
  }

  #addField(attributes: Attributes): void {
    const shown = this.#fields.mark(attribute(attributes, 'fldCharType'), this.characters);
    if (this.#story.place.seen().amount === 'all') this.#write(shown);
  }

  #addMark(name: string, attributes: Attributes, parent: string | undefined): void {
    this.#fields.open(name, attributes, parent);
    const mark = name === 'sym' ? symbolOf(attributes) : marks.get(name);
    if (mark === undefined) return;
    const {amount} = this.#story.place.seen();
    // Unseen tabs and lines still keep apart what is on their sides.
    if (amount === 'all' || (amount === 'room' && name !== 'sym')) this.#write(mark);
  }

  /** Writes what a reader sees in the open paragraph, after the paragraph's number. */
  #write(text: string): void {
    if (text === '' || this.#fields.isCode) return;
    this.#count();
    this.#add(text);
  }

  /** Writes the number of the open paragraph, once. */
  #count(): void {
    if (this.#story.isCounted) return;
    this.#story.isCounted = true;
    const item = this.#story.place.item();
    if (!item) return;
    const number = this.#counter.next(item.list, item.index);
    if (number !== '' && item.isSeen) this.#add(item.level.isApart ? `${number} ` : number);
  }

  #add(text: string): void {
    this.#story.pieces.push(text);
    this.characters += text.length;
  }

  #addChunk(attributes: Attributes): void {
    const id = attribute(attributes, 'id');
    if (id !== undefined) this.#story.pieces.push({id});
  }

  #endParagraph(): void {
    this.#fields.endParagraph();
    if (!this.#story.place.isParagraphGone()) this.#count();
    this.#add('\n');
    if (this.#stories.length > 0) return;
    for (const box of this.#boxes.splice(0)) this.#story.pieces.push(box);
  }

  #beginBox(): void {
    this.#stories.push(this.#story);
    this.#story = {pieces: [], place: new Place(this.#definitions, 'unknown'), isCounted: false};
  }

  #endBox(): void {
    for (const piece of this.#story.pieces) this.#boxes.push(piece);
    this.#story = this.#stories.pop() ?? this.#story;
  }

  /** Ends a cell or row: the mark of what it ends with becomes its own. */
  #endWith(last: string, mark: string): void {
    const {pieces} = this.#story;
    if (pieces.at(-1) === last) pieces[pieces.length - 1] = mark;
    else this.#add(mark);
  }
}

function symbolOf(attributes: Attributes): string {
  const code = attribute(attributes, 'char') ?? '';
  if (!/^[\da-f]{1,6}$/i.test(code)) return '';
  return symbolIn(attribute(attributes, 'font') ?? '', Number.parseInt(code, 16));
}
