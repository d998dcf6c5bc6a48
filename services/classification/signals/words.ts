/** A word of a text. */
export interface Word {
  /** In lower case, without accents, ligatures and apostrophes; `.` where a sentence ends. */
  readonly key: string;
  /** Offsets into the text, in UTF-16 units: its first, and the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** Stands between two sentences, and at both ends of a text. */
export const stop = '.';

/** The words of a text in order, with where its sentences end. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const {0: found, index} of text.matchAll(wordOrEnd)) {
    const isWord = !isStop.test(found);
    if (!isWord && words.at(-1)?.key === stop) continue;
    words.push({key: isWord ? keyOf(found) : stop, from: index, to: index + found.length});
  }
  return words;
}

/** As a word is looked for, however it is written. */
export function keyOf(word: string): string {
  const lower = word.toLowerCase();
  // Most words are plain letters, and Unicode's tables are slow.
  return isPlain.test(lower) ? lower : foldedKey(lower);
}

const isPlain = /^[a-z0-9]+$/;

function foldedKey(word: string): string {
  return word
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('ß', 'ss');
}

const isStop = /^[.!?;:…\n]/;

/** An apostrophe belongs to its word, as does an accent that stands alone; a dot within figures ends nothing. */
const wordOrEnd = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’`´][\p{L}\p{M}\p{N}]+)*|[.!?;:…]+(?=\s|$)|\n\s*\n/gu;
