/** Counts to vectors: TF-IDF, scaled to length 1. */
import {KeyTable} from './key-table.ts';
import type {Bag} from './terms.ts';

/** The terms that a model knows, by ascending key. */
export interface Vocabulary {
  readonly keys: Uint32Array;
  /** In how many of the examples each term occurs. */
  readonly frequencies: Uint32Array;
  /** Examples that were counted. */
  readonly examples: number;
}

/** The known terms of a text. */
export interface Vector {
  /** Their places in the vocabulary. */
  readonly terms: Uint32Array;
  readonly values: Float32Array;
  /** Their places in the bag. */
  readonly places: Uint32Array;
}

/** Turns a bag into a vector. */
export type Vectorize = (bag: Bag) => Vector;

/** The terms of at least `minimum` texts. Of many texts, a term of one only is mostly a name or a slip of the pen. */
export function vocabularyOf(bags: readonly Bag[], minimum = 2): Vocabulary {
  const all = allKeys(bags).sort();
  const keys: number[] = [];
  const frequencies: number[] = [];
  for (let from = 0, to = 0; from < all.length; from = to) {
    const key = all[from] ?? 0;
    while (all[to] === key) to++;
    if (to - from < minimum) continue;
    keys.push(key);
    frequencies.push(to - from);
  }
  return {keys: Uint32Array.from(keys), frequencies: Uint32Array.from(frequencies), examples: bags.length};
}

/**
 * Weighs terms: `(1 + ln count) * (ln((1 + n) / (1 + df)) + 1)`, scaled to length 1.
 *
 * Terms that the vocabulary lacks count in the length, as rare as can be. So a text with few known terms
 * (another language, another subject) gets a short vector, and scores near those of no text at all.
 */
export function vectorizer(vocabulary: Vocabulary): Vectorize {
  const table = new KeyTable(vocabulary.keys.length);
  for (const key of vocabulary.keys) table.add(key);
  const rarities = Float64Array.from(
    {length: vocabulary.examples + 1},
    (_, texts) => Math.log((1 + vocabulary.examples) / (1 + texts)) + 1,
  );

  return ({keys, times}) => {
    const terms = new Uint32Array(keys.length);
    const places = new Uint32Array(keys.length);
    const values = new Float64Array(keys.length);
    let size = 0;
    let squares = 0;
    for (let place = 0; place < keys.length; place++) {
      const term = table.find(keys[place] ?? 0);
      const isKnown = term >= 0;
      const rarity = rarities[isKnown ? (vocabulary.frequencies[term] ?? 0) : 1] ?? 0;
      const often = times[place] ?? 1;
      const value = often === 1 ? rarity : (1 + Math.log(often)) * rarity;
      squares += value * value;
      if (!isKnown) continue;
      terms[size] = term;
      places[size] = place;
      values[size] = value;
      size++;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    const scaled = new Float32Array(size);
    for (let at = 0; at < size; at++) scaled[at] = (values[at] ?? 0) * scale;
    return {terms: terms.slice(0, size), places: places.slice(0, size), values: scaled};
  };
}

function allKeys(bags: readonly Bag[]): Uint32Array {
  const all = new Uint32Array(bags.reduce((sum, {keys}) => sum + keys.length, 0));
  let at = 0;
  for (const {keys} of bags) {
    all.set(keys, at);
    at += keys.length;
  }
  return all;
}
