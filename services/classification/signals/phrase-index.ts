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

  return (words) => {
    const keys = new Set<string>();
    for (const {key} of words) keys.add(key);
    const isNear = new Uint8Array(entries.length);
    for (const key of keys) for (const place of all.at(key)) isNear[place] = 1;
    const possible = new Index<Entry>();
    for (let place = 0; place < entries.length; place++) {
      const entry = isNear[place] === 1 ? entries[place] : undefined;
      if (entry?.phrase.needs.every((forms) => mayBeIn(keys, forms))) possible.add(entry.anchor, entry);
    }
    const byKey = new Map<string, readonly Entry[]>();
    for (const key of keys) {
      const found = possible.at(key);
      if (found.length > 0) byKey.set(key, found);
    }
    return (key) => byKey.get(key) ?? [];
  };
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

/** Whether a text of some words may have one of these. Beginnings aren't looked for: it would take a look at each word. */
function mayBeIn(keys: ReadonlySet<string>, {words, beginnings}: Forms): boolean {
  if (beginnings.length > 0) return true;
  for (const word of words) if (keys.has(word)) return true;
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
