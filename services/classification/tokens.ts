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

const shortestPiece = 3;
const longestPiece = 5;
const longestWord = 64;

/**
 * The terms of a text: words, word pairs, and the pieces of 3 to 5 characters of each word with its ends marked.
 *
 * Case, ligatures and apostrophes don't count (`Didn't`, `didnt` and `did n't` are one word). Numbers and
 * blacked-out words (`XXXX`) are no terms, and no pair reaches across one: a name or an amount that was removed
 * from the examples must not be a sign that real letters lack.
 *
 * Terms are known by a 32-bit hash (FNV-1a), so a model holds no one's words; with 200,000 known terms one in
 * 20,000 unknown ones is taken for a known one.
 */
export function tokenize(text: string): Tokens {
  const shown: string[] = [];
  const keys: number[] = [];
  const holders: number[] = [];
  let previous: string | null = null;

  for (const [word] of readable(text).matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (isNumber.test(word)) {
      previous = null;
      continue;
    }
    const counted = word.slice(0, longestWord);
    if (previous !== null) {
      const pair = `${previous} ${counted}`;
      keys.push(hash(pair));
      holders.push(shown.push(pair) - 1);
    }
    const holder = shown.push(counted) - 1;
    keys.push(hash(counted));
    holders.push(holder);
    for (const piece of pieces(`<${counted}>`)) {
      keys.push(piece);
      holders.push(holder);
    }
    previous = counted;
  }
  return {shown, keys: Uint32Array.from(keys), holders: Uint32Array.from(holders)};
}

const isNumber = /^[\p{N}]+(st|nd|rd|th)?$/u;
const blackedOut = /\bX{2,}(?:\/X{2,})*(?:\/year>?)?|X{4,}/g;
const looseEnding = / +(?=(?:n['’]t|['’](?:s|m|d|ve|re|ll))\b)/g;

function readable(text: string): string {
  return text
    .slice(0, charactersRead)
    .normalize('NFKC')
    .replace(blackedOut, ' 0 ')
    .toLowerCase()
    .replace(looseEnding, '')
    .replace(/['’]/g, '');
}

const start = 0x811c9dc5;

function hash(text: string): number {
  let key = start;
  for (let at = 0; at < text.length; at++) key = step(key, text.charCodeAt(at));
  return key >>> 0;
}

/** A piece and a word of the same letters are different terms: a piece's key starts from another value. */
const pieceStart = step(start, 0x23);

function pieces(marked: string): number[] {
  const keys: number[] = [];
  for (let from = 0; from + shortestPiece <= marked.length; from++) {
    const end = Math.min(marked.length, from + longestPiece);
    let key = pieceStart;
    for (let at = from; at < end; at++) {
      key = step(key, marked.charCodeAt(at));
      if (at - from + 1 >= shortestPiece) keys.push(key >>> 0);
    }
  }
  return keys;
}

function step(key: number, unit: number): number {
  return Math.imul(key ^ unit, 0x01000193);
}
