/** Which of many phrases can be said in a text at all, and near which words. */
import {type Forms, type Phrase, reachOf} from './phrase.ts';
import type {Signal} from './read-signals.ts';
import type {Word} from './words.ts';

/** A phrase, and what is said by it: a signal, or what only sounds like it. */
export interface Entry {
  readonly signal: string;
  readonly phrase: Phrase;
  readonly isException: boolean;
  /** The rarest of what it needs. */
  readonly anchor: Forms;
  /** How many words before its anchor it begins at most. */
  readonly reach: number;
}

/** For the words of a text: by a word's key, the phrases that have their anchor there, if they are said. */
export type PhrasesFor = (words: readonly Word[]) => (key: string) => readonly Entry[];

/**
 * Indexes the phrases of some signals, each by the rarest of the words that it needs. Most need one that a text lacks, and
 * are never compared with it: by their first words, which are often `i` and `my`, it would be hundreds in every sentence.
 */
export function phraseIndex(signals: readonly Signal[]): PhrasesFor {
  const entries = entriesOf(signals);
  const all = new Index<number>();
  for (const [place, {anchor}] of entries.entries()) all.add(anchor, place);
  const numbers = new Map<string, number>();
  const needs = entries.map(({phrase}) => phrase.needs.map((forms) => numbersOf(forms, numbers)));

  return (words) => {
    const keys = new Set<string>();
    for (const {key} of words) keys.add(key);
    const isSaid = new Uint8Array(numbers.size);
    const near: [key: string, places: readonly number[]][] = [];
    for (const key of keys) {
      const number = numbers.get(key);
      if (number !== undefined) isSaid[number] = 1;
      const places = all.at(key);
      if (places.length > 0) near.push([key, places]);
    }
    const isPossible = (place: number) => needs[place]?.every((forms) => mayBeIn(isSaid, forms)) === true;
    const byKey = new Map<string, readonly Entry[]>();
    for (const [key, places] of near) {
      const possible = places.filter(isPossible).flatMap((place) => entries[place] ?? []);
      if (possible.length > 0) byKey.set(key, possible);
    }
    return (key) => byKey.get(key) ?? [];
  };
}

/** The words of a need by number, so that to look whether a text has one is to look into a list; none: it may have one. */
function numbersOf({words, beginnings}: Forms, numbers: Map<string, number>): readonly number[] {
  // Beginnings aren't looked for: it would take a look at each word.
  if (beginnings.length > 0) return [];
  return [...words].map((word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
}

function entriesOf(signals: readonly Signal[]): Entry[] {
  const phrases = signals.flatMap(({name, phrases: said, unless}) => [
    ...said.map((phrase) => ({signal: name, phrase, isException: false})),
    ...unless.map((phrase) => ({signal: name, phrase, isException: true})),
  ]);
  const uses = new Map<string, number>();
  for (const {phrase} of phrases)
    for (const {words} of phrase.needs) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1);
  return phrases.map((one) => {
    const anchor = rarestOf(one.phrase, uses);
    return {...one, anchor, reach: reachOf(one.phrase, anchor)};
  });
}

/** What a phrase needs that the fewest phrases need: where many do, it is a common word. */
function rarestOf({needs}: Phrase, uses: ReadonlyMap<string, number>): Forms {
  const commonness = ({words, beginnings}: Forms) =>
    [...words].reduce((sum, word) => sum + (uses.get(word) ?? 0), beginnings.length);
  return needs.reduce((one, other) => (commonness(other) < commonness(one) ? other : one));
}

function mayBeIn(isSaid: Uint8Array, forms: readonly number[]): boolean {
  if (forms.length === 0) return true;
  for (const number of forms) if (isSaid[number] === 1) return true;
  return false;
}

const lettersIndexed = 3;

/** Values by words: whole ones, and by the first letters of those that a word begins with. */
class Index<Value> {
  readonly #byWord = new Map<string, Value[]>();
  readonly #byLetters = new Map<string, {readonly letters: string; readonly value: Value}[]>();

  add({words, beginnings}: Forms, value: Value): void {
    for (const word of words) put(this.#byWord, word, value);
    for (const letters of beginnings)
      put(this.#byLetters, letters.slice(0, lettersIndexed), {letters, value});
  }

  /** The values at a word, each once. */
  at(key: string): readonly Value[] {
    const whole = this.#byWord.get(key) ?? [];
    const begun = this.#byLetters.get(key.slice(0, lettersIndexed)) ?? [];
    const fitting = begun.filter(({letters}) => key.startsWith(letters)).map(({value}) => value);
    return fitting.length === 0 ? whole : [...new Set([...whole, ...fitting])];
  }
}

function put<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
