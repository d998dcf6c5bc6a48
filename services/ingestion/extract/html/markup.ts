import {Tokenizer, type TokenizerCallbacks} from 'htmlparser2';

/** The attributes of an element by their names in lower case; of two with one name the first counts. */
export type Attributes = ReadonlyMap<string, string>;

/** Who is told what stands in a page, as it is written. */
export interface MarkupReader {
  open(name: string, attributes: Attributes, isClosed: boolean): void;
  close(name: string): void;
  text(text: string): void;
  /** Whether SVG or MathML is open, whose `style` and `title` are elements like others. */
  isForeign(): boolean;
  isDone(): boolean;
}

/**
 * Reads the tags and the text of a page in the order they are written in.
 *
 * @param isXhtml whether `<x/>` is an element without content, and a CDATA section text, as in XML.
 */
export function readMarkup(source: string, isXhtml: boolean, reader: MarkupReader): void {
  const tokenizer = new Tokenizer({recognizeSelfClosing: isXhtml}, new Tokens(source, isXhtml, reader));
  for (let at = 0; at < source.length && !reader.isDone(); at += stepCharacters)
    tokenizer.write(source.slice(at, at + stepCharacters));
  tokenizer.end();
}

/** How much is read between two looks at how much came out. */
const stepCharacters = 16 * 1024;

/** Of an element that has none. */
export const noAttributes: Attributes = new Map([]);

/** Puts tags together of what the tokenizer finds: places in the source. */
class Tokens implements TokenizerCallbacks {
  readonly #source: string;
  readonly #isXhtml: boolean;
  readonly #reader: MarkupReader;
  #name = '';
  #attribute = '';
  #value = '';
  #attributes: Map<string, string> | null = null;

  constructor(source: string, isXhtml: boolean, reader: MarkupReader) {
    this.#source = source;
    this.#isXhtml = isXhtml;
    this.#reader = reader;
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#source.slice(start, end).toLowerCase();
    this.#attributes = null;
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#source.slice(start, end).toLowerCase();
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#source.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    this.#attributes ??= new Map();
    if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, this.#value);
    this.#value = '';
  }

  onopentagend(): void {
    this.#reader.open(this.#name, this.#attributes ?? noAttributes, false);
  }

  onselfclosingtag(): void {
    const isClosed = this.#isXhtml || this.#reader.isForeign();
    this.#reader.open(this.#name, this.#attributes ?? noAttributes, isClosed);
  }

  onclosetag(start: number, end: number): void {
    this.#reader.close(this.#source.slice(start, end).toLowerCase());
  }

  ontext(start: number, end: number): void {
    this.#reader.text(this.#source.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.#reader.text(String.fromCodePoint(codePoint));
  }

  oncdata(start: number, end: number, offset: number): void {
    if (this.#isXhtml || this.#reader.isForeign()) this.ontext(start, end - offset);
  }

  isInForeignContext(): boolean {
    return this.#reader.isForeign();
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}
