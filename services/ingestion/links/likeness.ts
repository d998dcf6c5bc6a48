import type {Keyed} from './keyed.ts';

/** What two texts are compared by, of which nothing can be read back. */
export interface Likeness {
  /** Of all its words in order. */
  readonly words: string;
  /** Of what makes it this letter and no other of its kind: numbers, names and addresses. */
  readonly particulars: string;
  /** The smallest of each of many orders of its runs of three words. */
  readonly marks: Uint32Array;
  /** Of some marks together: what is like it nearly always has one of them, what is not seldom. */
  readonly bands: readonly string[];
}

/** With what texts are compared. */
export interface Comparing {
  readonly keyed: Keyed;
  /** One for each order that runs of words are looked at in. */
  readonly seeds: Uint32Array;
}

/** Orders that nobody can tell who has not the key. */
export function comparing(keyed: Keyed): Comparing {
  const seed = (_: unknown, place: number) => Number.parseInt(keyed('seed', String(place)).slice(0, 8), 16);
  return {keyed, seeds: Uint32Array.from({length: bandCount * bandMarks}, seed)};
}

/**
 * What a text is compared by; undefined where it has so few words that others say the same by chance.
 *
 * Of two texts the share of marks that are equal is, in the mean, the share of runs of three words that both have of those
 * that either has (Broder, "On the resemblance and containment of documents", 1997).
 */
export function likenessOf(text: string, {keyed, seeds}: Comparing): Likeness | undefined {
  const said = (text.slice(0, comparedLength).match(word) ?? []).slice(0, mostWords);
  if (said.length < fewestWords) return undefined;
  const words = said.map((each) => each.toLowerCase());
  const particular = said.filter((each) => /^\p{Lu}|\p{N}/u.test(each)).map((each) => each.toLowerCase());
  const marks = marksOf(words, seeds);
  return {
    words: keyed('words', words.join(' ')),
    particulars: keyed('particulars', [...new Set(particular)].sort().join(' ')),
    marks,
    bands: bandsOf(marks, keyed),
  };
}

/** From 0 to 1: how much of two texts is the same. */
export function resemblance(one: Uint32Array, other: Uint32Array): number {
  return one.filter((mark, place) => mark === other[place]).length / one.length;
}

/** In hexadecimal, eight digits each. */
export function writtenMarks(marks: Uint32Array): string {
  return [...marks].map((mark) => mark.toString(16).padStart(8, '0')).join('');
}

/** What `writtenMarks` has written. */
export function readMarks(written: string): Uint32Array {
  return Uint32Array.from(written.match(/.{8}/g) ?? [], (mark) => Number.parseInt(mark, 16));
}

/** Of scripts that put no space between words each sign is one. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;
const comparedLength = 200_000;
const mostWords = 20_000;
const fewestWords = 12;

/**
 * Six bands of five: of two texts of which nine runs in ten are the same one band is in 99 of 100 pairs, of two of which half
 * are in 17.
 */
const bandCount = 6;
const bandMarks = 5;

function marksOf(words: readonly string[], seeds: Uint32Array): Uint32Array {
  const hashes = words.map(hashOf);
  const marks = new Uint32Array(seeds.length).fill(0xffffffff);
  for (let at = 2; at < hashes.length; at++) {
    const run =
      Math.imul(hashes[at - 2] ?? 0, 0x9e3779b1) ^
      Math.imul(hashes[at - 1] ?? 0, 0x85ebca77) ^
      Math.imul(hashes[at] ?? 0, 0xc2b2ae3d);
    for (let place = 0; place < seeds.length; place++) {
      const mark = mixed(run ^ (seeds[place] ?? 0));
      if (mark < (marks[place] ?? 0)) marks[place] = mark;
    }
  }
  return marks;
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** The end of MurmurHash3: each bit changes about half of the others. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function bandsOf(marks: Uint32Array, keyed: Keyed): string[] {
  return Array.from({length: bandCount}, (_, band) =>
    keyed(`band ${band}`, marks.slice(band * bandMarks, (band + 1) * bandMarks).join(' ')),
  );
}
