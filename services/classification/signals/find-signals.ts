import {beginningsOf, endOf, type Phrase} from './phrase.ts';
import type {Signal} from './read-signals.ts';
import {type Word, wordsOf} from './words.ts';

/** A signal that a text gives, with the words that say so. */
export interface Found {
  readonly signal: string;
  /** As they stand in the text, on one line, at most 200 characters. */
  readonly words: string;
}

/** Finds signals in a text: each once, in order of the file, with the first words that say so. */
export type FindSignals = (text: string) => Found[];

/** Characters of a text that are searched, from its start: as much as a letter of thirty pages has. */
const longestText = 100_000;
const longestWords = 200;

interface Entry {
  readonly signal: string;
  readonly phrase: Phrase;
  readonly isException: boolean;
}

/**
 * Makes the search for some signals. What it takes is in proportion to the text: a phrase is only compared where one of
 * the words stands that it begins with.
 */
export function signalFinder(signals: readonly Signal[]): FindSignals {
  const index = indexOf(signals);
  const names = signals.map(({name}) => name);
  return (text) => {
    const searched = text.slice(0, longestText);
    const words = wordsOf(searched);
    const {said, excepted} = placesIn(words, index);
    return names.flatMap((signal) => {
      const first = said.find((place) => place.signal === signal && !isExcepted(place, excepted.get(signal)));
      return first === undefined ? [] : [{signal, words: quoted(searched, words, first)}];
    });
  };
}

/** Phrases by what they begin with: whole words, and the first three letters of those that a word only begins with. */
interface Index {
  readonly byWord: ReadonlyMap<string, readonly Entry[]>;
  readonly byLetters: ReadonlyMap<string, readonly Entry[]>;
}

const lettersIndexed = 3;

function indexOf(signals: readonly Signal[]): Index {
  const byWord = new Map<string, Entry[]>();
  const byLetters = new Map<string, Entry[]>();
  const put = (map: Map<string, Entry[]>, key: string, entry: Entry) => {
    const entries = map.get(key);
    if (entries === undefined) map.set(key, [entry]);
    else if (!entries.includes(entry)) entries.push(entry);
  };
  for (const {name, phrases, unless} of signals) {
    const entries = [
      ...phrases.map((phrase) => ({signal: name, phrase, isException: false})),
      ...unless.map((phrase) => ({signal: name, phrase, isException: true})),
    ];
    for (const entry of entries) {
      const {words, letters} = beginningsOf(entry.phrase);
      for (const word of words) put(byWord, word, entry);
      for (const beginning of letters) put(byLetters, beginning.slice(0, lettersIndexed), entry);
    }
  }
  return {byWord, byLetters};
}

function entriesAt({byWord, byLetters}: Index, key: string): readonly Entry[] {
  const whole = byWord.get(key);
  const begun = byLetters.get(key.slice(0, lettersIndexed));
  if (whole === undefined || begun === undefined) return whole ?? begun ?? [];
  return [...whole, ...begun.filter((entry) => !whole.includes(entry))];
}

interface Place {
  readonly signal: string;
  readonly begin: number;
  readonly end: number;
}

function placesIn(words: readonly Word[], index: Index) {
  const said: Place[] = [];
  /** By signal, the words that belong to what only sounds like it. */
  const excepted = new Map<string, Set<number>>();
  for (const [begin, {key}] of words.entries()) {
    for (const {signal, phrase, isException} of entriesAt(index, key)) {
      const end = endOf(phrase, words, begin);
      if (end === undefined) continue;
      if (!isException) said.push({signal, begin, end});
      else {
        const places = excepted.get(signal) ?? new Set<number>();
        for (let place = begin; place < end; place++) places.add(place);
        excepted.set(signal, places);
      }
    }
  }
  return {said, excepted};
}

function isExcepted({begin, end}: Place, excepted: ReadonlySet<number> | undefined): boolean {
  for (let place = begin; place < end; place++) if (excepted?.has(place) === true) return true;
  return false;
}

function quoted(text: string, words: readonly Word[], {begin, end}: Place): string {
  const from = words[begin]?.from ?? 0;
  const to = words[end - 1]?.to ?? from;
  return text.slice(from, to).replaceAll(/\s+/g, ' ').slice(0, longestWords);
}
