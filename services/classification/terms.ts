/** A text as the terms a classifier counts: words, pairs of neighbouring words, and pieces of words. */
import {KeyTable} from './key-table.ts';
import {keyOf, pairKeyOf, pieceKeysOf, wordsIn} from './tokens.ts';

/** How often each distinct term occurs in one text. */
export interface Bag {
  /** 32-bit keys of words, pairs and pieces. */
  readonly keys: Uint32Array;
  readonly times: Uint32Array;
}

/**
 * The terms of a text. No pair reaches across a number or a blacked-out word.
 *
 * Terms are known by a 32-bit hash, so a model holds no one's words; with 200,000 known terms one in 20,000 unknown
 * ones is taken for a known one.
 */
export function termsOf(text: string): Terms {
  return new Terms(wordsIn(text));
}

/**
 * The terms of one text, counted, and which of its words holds which. Each distinct word is cut up once, however often it
 * occurs. All is kept in flat lists: an object for each pair was half of what counting took.
 */
export class Terms {
  readonly bag: Bag;
  readonly #words: string[] = [];
  readonly #keys: number[] = [];
  readonly #wordTimes: number[] = [];
  /** The places in the bag of each word and its pieces, one word behind the other, and where each word's end. */
  readonly #held: number[] = [];
  readonly #ends: number[] = [];
  readonly #pairs: {readonly first: number[]; readonly second: number[]; readonly place: number[]} = {
    first: [],
    second: [],
    place: [],
  };
  readonly #pairTimes: number[] = [];

  /** @param words in order; null where no pair reaches across */
  constructor(words: readonly (string | null)[]) {
    const table = new KeyTable();
    const numbers = new Map<string, number>();
    /** By place in the bag, the number of its pair plus one, or 0. */
    const pairAt: number[] = [];
    let previous = -1;
    for (const word of words) {
      if (word === null) {
        previous = -1;
        continue;
      }
      const known = numbers.get(word);
      const number = known ?? this.#words.push(word) - 1;
      if (previous >= 0) this.#countPair(table, pairAt, previous, number);
      if (known === undefined) {
        numbers.set(word, number);
        this.#cutUp(table, word);
      }
      this.#wordTimes[number] = (this.#wordTimes[number] ?? 0) + 1;
      previous = number;
    }
    this.bag = {keys: table.keys(), times: this.#timesOfAll(table.size)};
  }

  /** The words and the pairs, each once, as a person would read them. */
  shown(): string[] {
    return Array.from({length: this.#words.length + this.#pairTimes.length}, (_, at) => this.shownAt(at));
  }

  /** One of `shown`. */
  shownAt(at: number): string {
    const pair = at - this.#words.length;
    if (pair < 0) return this.#words[at] ?? '';
    const {first, second} = this.#pairs;
    return `${this.#words[first[pair] ?? 0]} ${this.#words[second[pair] ?? 0]}`;
  }

  /** The sum, for each of `shown`, over all that it holds and all times that it occurs, of a number for each place in the bag. */
  sums(numbers: Float64Array): Float64Array {
    const sums = new Float64Array(this.#words.length + this.#pairTimes.length);
    let from = 0;
    for (let word = 0; word < this.#words.length; word++) {
      const end = this.#ends[word] ?? 0;
      let sum = 0;
      for (; from < end; from++) sum += numbers[this.#held[from] ?? 0] ?? 0;
      sums[word] = sum * (this.#wordTimes[word] ?? 0);
    }
    for (let pair = 0; pair < this.#pairTimes.length; pair++)
      sums[this.#words.length + pair] =
        (numbers[this.#pairs.place[pair] ?? 0] ?? 0) * (this.#pairTimes[pair] ?? 0);
    return sums;
  }

  #countPair(table: KeyTable, pairAt: number[], first: number, second: number): void {
    const place = table.add(pairKeyOf(this.#keys[first] ?? 0, this.#words[second] ?? ''));
    while (pairAt.length <= place) pairAt.push(0);
    const known = (pairAt[place] ?? 0) - 1;
    if (known >= 0) {
      this.#pairTimes[known] = (this.#pairTimes[known] ?? 0) + 1;
      return;
    }
    pairAt[place] = this.#pairTimes.push(1);
    this.#pairs.first.push(first);
    this.#pairs.second.push(second);
    this.#pairs.place.push(place);
  }

  #cutUp(table: KeyTable, word: string): void {
    const key = keyOf(word);
    this.#keys.push(key);
    this.#held.push(table.add(key));
    for (const piece of pieceKeysOf(word)) this.#held.push(table.add(piece));
    this.#ends.push(this.#held.length);
  }

  #timesOfAll(size: number): Uint32Array {
    const all = new Uint32Array(size);
    let from = 0;
    for (let word = 0; word < this.#words.length; word++) {
      const times = this.#wordTimes[word] ?? 0;
      for (const end = this.#ends[word] ?? 0; from < end; from++) {
        const place = this.#held[from] ?? 0;
        all[place] = (all[place] ?? 0) + times;
      }
    }
    for (let pair = 0; pair < this.#pairTimes.length; pair++) {
      const place = this.#pairs.place[pair] ?? 0;
      all[place] = (all[place] ?? 0) + (this.#pairTimes[pair] ?? 0);
    }
    return all;
  }
}
