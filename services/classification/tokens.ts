/** A text as words, and words as the numbers that a classifier knows them by. */

/** Characters that are read of a text; what a letter is about stands in its first pages. */
export const charactersRead = 20_000;

const shortestPiece = 2;
const longestPiece = 4;
const longestWord = 64;

/**
 * The words of a text in order, with a null wherever a number or a blacked-out word stands.
 *
 * Case, ligatures and apostrophes don't count (`Didn't`, `didnt` and `did n't` are one word). Numbers and
 * blacked-out words (`XXXX`) are none: a name or an amount that was removed from the examples must not be a sign that
 * real letters lack.
 */
export function wordsIn(text: string): (string | null)[] {
  const found = readable(text).match(wordOrNumber) ?? [];
  return found.map((word) => (mayBeNumber(word) && isNumber.test(word) ? null : word.slice(0, longestWord)));
}

const wordOrNumber = /[\p{L}\p{M}\p{N}]+/gu;
const isNumber = /^\p{N}+(st|nd|rd|th)?$/u;
/** What begins with a plain letter is none, which is told sooner. */
function mayBeNumber(word: string): boolean {
  const first = word.charCodeAt(0);
  return first < 0x61 || first > 0x7a;
}

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

const start = 0x811c9dc5;

/** The key of a word: 32 bits, FNV-1a of its UTF-16 units. */
export function keyOf(word: string): number {
  return steps(start, word);
}

/** The key of a pair of neighbouring words: that of both with a blank between, from the key of the first. */
export function pairKeyOf(firstKey: number, second: string): number {
  return steps(step(firstKey, 0x20), second);
}

/** A piece and a word of the same letters are different terms: a piece's key starts from another value. */
const pieceStart = step(start, 0x23);

/** The keys of a word's pieces: of 2 to 4 characters, with its ends marked. */
export function pieceKeysOf(word: string): number[] {
  const marked = `<${word}>`;
  const keys: number[] = [];
  for (let from = 0; from + shortestPiece <= marked.length; from++) {
    const end = Math.min(marked.length, from + longestPiece);
    let key = pieceStart;
    for (let at = from; at < end; at++) {
      key = step(key, marked.charCodeAt(at));
      if (at - from + 1 >= shortestPiece) keys.push(key);
    }
  }
  return keys;
}

function steps(from: number, text: string): number {
  let key = from;
  for (let at = 0; at < text.length; at++) key = step(key, text.charCodeAt(at));
  return key;
}

function step(key: number, unit: number): number {
  return Math.imul(key ^ unit, 0x01000193);
}
