/** Counts to vectors: TF-IDF, scaled to length 1. */
import type {Tokens} from './tokens.ts';

/** How often each distinct term occurs in one text. */
export type Bag = ReadonlyMap<number, number>;

/** The terms that a model knows, by ascending key. */
export interface Vocabulary {
  readonly keys: Uint32Array;
  /** In how many of the examples each term occurs. */
  readonly frequencies: Uint32Array;
  /** Examples that were counted. */
  readonly examples: number;
}

/** The known terms of a text, by their place in the vocabulary. */
export interface Vector {
  readonly terms: Uint32Array;
  readonly values: Float32Array;
}

/** Turns a bag into a vector. */
export type Vectorize = (bag: Bag) => Vector;

export function count(tokens: Tokens): Bag {
  const bag = new Map<number, number>();
  for (const key of tokens.keys) bag.set(key, (bag.get(key) ?? 0) + 1);
  return bag;
}

/** The terms of at least `minimum` texts. A term of one text only is mostly a name or a slip of the pen. */
export function vocabularyOf(bags: readonly Bag[], minimum = 2): Vocabulary {
  const found = new Map<number, number>();
  for (const bag of bags) for (const key of bag.keys()) found.set(key, (found.get(key) ?? 0) + 1);
  const kept = [...found].filter(([, texts]) => texts >= minimum).sort(([a], [b]) => a - b);
  return {
    keys: Uint32Array.from(kept, ([key]) => key),
    frequencies: Uint32Array.from(kept, ([, texts]) => texts),
    examples: bags.length,
  };
}

/**
 * Weighs terms: `(1 + ln count) * (ln((1 + n) / (1 + df)) + 1)`, scaled to length 1.
 *
 * Terms that the vocabulary lacks count in the length, as rare as can be. So a text with few known terms
 * (another language, another subject) gets a short vector, and scores near those of no text at all.
 */
export function vectorizer(vocabulary: Vocabulary): Vectorize {
  const places = new Map<number, number>();
  for (const [place, key] of vocabulary.keys.entries()) places.set(key, place);
  const rarity = Float64Array.from(
    vocabulary.frequencies,
    (texts) => Math.log((1 + vocabulary.examples) / (1 + texts)) + 1,
  );
  const unknown = Math.log((1 + vocabulary.examples) / 2) + 1;

  return (bag) => {
    const terms: number[] = [];
    const values: number[] = [];
    let squares = 0;
    for (const [key, times] of bag) {
      const place = places.get(key);
      const value = (1 + Math.log(times)) * (place === undefined ? unknown : (rarity[place] ?? 0));
      squares += value * value;
      if (place === undefined) continue;
      terms.push(place);
      values.push(value);
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    return {terms: Uint32Array.from(terms), values: Float32Array.from(values, (value) => value * scale)};
  };
}
