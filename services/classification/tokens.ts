/** A text as the terms a classifier counts: words, pairs of neighbouring words, and pieces of words. */

/** The terms of one text, one entry per occurrence. */
export interface Tokens {
  /** The words and word pairs that occur, as a person would read them. */
  readonly shown: readonly string[];
  /** What is counted: 32-bit keys of words, pairs and pieces. */
  readonly keys: Uint32Array;
  /** For each key, the entry of `shown` that holds it. */
  readonly holders: Uint32Array;
}

/** Characters that are read of a text; what a letter is about stands in its first pages. */
export const charactersRead = 20_000;

const shortestPiece = 2;
const longestPiece = 4;
const longestWord = 64;

/**
 * The terms of a text: words, word pairs, and the pieces of 2 to 4 characters of each word with its ends marked.
 *
 * Case, ligatures and apostrophes don't count (`Didn't`, `didnt` and `did n't` are one word). Numbers and
 * blacked-out words (`XXXX`) are no terms, and no pair reaches across one: a name or an amount that was removed
 * from the examples must not be a sign that real letters lack.
 *
 * Terms are known by a 32-bit hash (FNV-1a), so a model holds no one's words; with 200,000 known terms one in
 * 20,000 unknown ones is taken for a known one.
 */
export function tokenize(text: string): Tokens {
  const read = readable(text);
  const shown: string[] = [];
  const terms = termsFor(read.length);
  let previous: string | null = null;
  for (const [whole] of read.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (isNumber.test(whole)) {
      previous = null;
      continue;
    }
    const word = whole.slice(0, longestWord);
    if (previous !== null) {
      const pair = `${previous} ${word}`;
      add(terms, hash(pair), shown.push(pair) - 1);
    }
    const holder = shown.push(word) - 1;
    add(terms, hash(word), holder);
    addPieces(terms, `<${word}>`, holder);
    previous = word;
  }
  return {shown, keys: terms.keys.subarray(0, terms.size), holders: terms.holders.subarray(0, terms.size)};
}

const isNumber = /^[\p{N}]+(st|nd|rd|th)?$/u;
const blackedOut = /\bX{2,}(?:\/X{2,})*(?:\/year>?)?|X{4,}/g;
/** Looked for at the first of some spaces only. */
const looseEnding = /(?<! ) +(?=(?:n['’]t|['’](?:s|m|d|ve|re|ll))\b)/g;

function readable(text: string): string {
  return text
    .slice(0, charactersRead)
    .normalize('NFKC')
    .replace(blackedOut, ' 0 ')
    .toLowerCase()
    .replace(looseEnding, '')
    .replace(/['’]/g, '');
}

interface Terms {
  readonly keys: Uint32Array;
  readonly holders: Uint32Array;
  size: number;
}

/** Room for the most terms that a text can have: for each of its characters three pieces, a word and a pair. */
function termsFor(characters: number): Terms {
  return {keys: new Uint32Array(5 * characters), holders: new Uint32Array(5 * characters), size: 0};
}

function add(terms: Terms, key: number, holder: number): void {
  terms.keys[terms.size] = key;
  terms.holders[terms.size] = holder;
  terms.size++;
}

const start = 0x811c9dc5;

function hash(text: string): number {
  let key = start;
  for (let at = 0; at < text.length; at++) key = step(key, text.charCodeAt(at));
  return key;
}

/** A piece and a word of the same letters are different terms: a piece's key starts from another value. */
const pieceStart = step(start, 0x23);

function addPieces(terms: Terms, marked: string, holder: number): void {
  for (let from = 0; from + shortestPiece <= marked.length; from++) {
    const end = Math.min(marked.length, from + longestPiece);
    let key = pieceStart;
    for (let at = from; at < end; at++) {
      key = step(key, marked.charCodeAt(at));
      if (at - from + 1 >= shortestPiece) add(terms, key, holder);
    }
  }
}

function step(key: number, unit: number): number {
  return Math.imul(key ^ unit, 0x01000193);
}
