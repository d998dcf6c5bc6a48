import {Parser} from 'htmlparser2';
import {decode} from '../characters/encoding.ts';
import {limits} from '../limits.ts';
import type {Reader} from '../reading.ts';
import {plainReading} from '../reading.ts';
import {Unreadable} from '../unreadable.ts';
import {declaredEncoding} from './declared-encoding.ts';

/** Reads web pages. */
export const readHtml: Reader = async (bytes) => {
  const {text, title} = htmlText(await decode(bytes, declaredEncoding(bytes)));
  return plainReading(text, title);
};

/**
 * The text of a page that its reader sees. What is hidden by an attribute or an inline style is left out:
 * people don't see it, and it is how instructions are smuggled to machines. Style sheets are not applied.
 *
 * @throws Unreadable too-large when elements nest too deep.
 */
export function htmlText(source: string): {text: string; title: string | null} {
  const page = new Page();
  const parser = new Parser({
    onopentag: (name, attributes) => page.open(name, attributes),
    ontext: (text) => page.text(text),
    onclosetag: (name) => page.close(name),
  });
  for (let at = 0; at < source.length && page.characters < limits.characters; at += stepCharacters) {
    parser.write(source.slice(at, at + stepCharacters));
  }
  parser.end();
  return {text: page.toString(), title: page.title || null};
}

/** How much is parsed between two looks at how much came out. */
const stepCharacters = 16 * 1024;

const unseen = new Set(
  'script style noscript template head svg math iframe object audio video canvas select datalist textarea'.split(
    ' ',
  ),
);
const blocks = new Set(
  (
    'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

/** Text in the making. */
class Page {
  title = '';
  characters = 0;
  #pieces: string[] = [];
  #depth = 0;
  /** Depth of the outermost element that hides what is in it; 0 for none. */
  #hiddenAt = 0;
  #isTitle = false;

  open(name: string, attributes: Record<string, string>): void {
    this.#depth++;
    if (this.#depth > limits.htmlDepth) throw new Unreadable('too-large');
    if (name === 'title' && this.title === '') this.#isTitle = true;
    if (this.#hiddenAt > 0) return;
    if (isHidden(name, attributes)) this.#hiddenAt = this.#depth;
    else if (blocks.has(name)) this.#break();
  }

  text(text: string): void {
    if (this.#isTitle) this.title += text;
    else if (this.#hiddenAt === 0) this.#add(text.replace(/\s+/g, ' '));
  }

  close(name: string): void {
    if (name === 'title') this.#isTitle = false;
    if (this.#hiddenAt === this.#depth) this.#hiddenAt = 0;
    else if (this.#hiddenAt === 0 && blocks.has(name)) this.#break();
    else if (this.#hiddenAt === 0 && (name === 'td' || name === 'th')) this.#add('\t');
    this.#depth--;
  }

  toString(): string {
    return this.#pieces.join('');
  }

  /** White space at the beginning of a line and after white space is not shown. */
  #add(text: string): void {
    const last = this.#pieces.at(-1)?.at(-1) ?? '\n';
    const shown = /\s/.test(last) && text.startsWith(' ') ? text.slice(1) : text;
    if (shown === '') return;
    this.#pieces.push(shown);
    this.characters += shown.length;
  }

  #break(): void {
    if (this.#pieces.length > 0 && this.#pieces.at(-1) !== '\n') this.#pieces.push('\n');
  }
}

function isHidden(name: string, attributes: Record<string, string>): boolean {
  return unseen.has(name) || 'hidden' in attributes || (attributes['style'] ?? '').split(';').some(hides);
}

/** Whether a declaration of a style hides what it is about. */
function hides(declaration: string): boolean {
  const colon = declaration.indexOf(':');
  const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const value = declaration
    .slice(colon + 1)
    .toLowerCase()
    .replace('!important', '')
    .trim();
  switch (property) {
    case 'display':
      return value === 'none';
    case 'visibility':
      return value === 'hidden' || value === 'collapse';
    case 'font-size':
    case 'opacity':
    case 'max-height':
      return /^[\d.]+(?:px|pt|em|rem|%)?$/.test(value) && Number.parseFloat(value) === 0;
    case 'mso-hide':
      return value === 'all';
    default:
      return false;
  }
}
