import type {Terms} from '../terms.ts';
import {endOf} from './phrase.ts';
import {type Entry, phraseIndex} from './phrase-index.ts';
import type {Signal} from './read-signals.ts';
import {type Word, wordsOf} from './words.ts';

/** A signal that a text gives, with the words that say so. */
export interface Found {
  readonly signal: string;
  /** As they stand in the text, on one line, at most 200 characters. */
  readonly words: string;
}

/**
 * Finds signals in a text: each once, in order of the file, with the first words that say so. Its terms, where they are
 * counted already, need not be counted again.
 */
export type FindSignals = (text: string, terms?: Terms) => Found[];

/** Characters of a text that are searched, from its start: as much as a letter of thirty pages has. */
const longestText = 100_000;
const longestWords = 200;

/**
 * Makes the search for some signals. What it takes is in proportion to the text: a phrase is only compared where one of
 * the words stands that it begins with, and only in a text that has a word for each of its parts.
 */
export function signalFinder(signals: readonly Signal[]): FindSignals {
  const phrasesFor = phraseIndex(signals);
  const names = signals.map(({name}) => name);
  return (text) => {
    const searched = text.slice(0, longestText);
    const words = wordsOf(searched);
    const {said, excepted} = placesIn(words, phrasesFor(words));
    return names.flatMap((signal) => {
      const first = said.find((place) => place.signal === signal && !isExcepted(place, excepted.get(signal)));
      return first === undefined ? [] : [{signal, words: quoted(searched, words, first)}];
    });
  };
}

interface Place {
  readonly signal: string;
  readonly begin: number;
  readonly end: number;
}

/** All that is said, in the order in which it begins. */
function placesIn(words: readonly Word[], phrasesAt: (key: string) => readonly Entry[]) {
  const said: Place[] = [];
  /** By signal, the words that belong to what only sounds like it. */
  const excepted = new Map<string, Set<number>>();
  /** By phrase, the place from which on it was not looked for yet: a second anchor may stand near the first. */
  const nextBegin = new Map<Entry, number>();
  for (const [place, {key}] of words.entries()) {
    for (const entry of phrasesAt(key)) {
      const {signal, phrase, isException, reach} = entry;
      const from = Math.max(place - reach, nextBegin.get(entry) ?? 0);
      nextBegin.set(entry, place + 1);
      for (let begin = from; begin <= place; begin++) {
        const end = endOf(phrase, words, begin);
        if (end === undefined) continue;
        if (isException) except(excepted, {signal, begin, end});
        else said.push({signal, begin, end});
      }
    }
  }
  return {said: said.sort((one, other) => one.begin - other.begin), excepted};
}

function except(excepted: Map<string, Set<number>>, {signal, begin, end}: Place): void {
  const places = excepted.get(signal) ?? new Set<number>();
  for (let place = begin; place < end; place++) places.add(place);
  excepted.set(signal, places);
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
