import type {Explanation} from '#events';
import type {Classification} from './classify.ts';
import type {Found} from './signals/find-signals.ts';

/** Why a document was given its category and its signals, in its own words; null where it was given neither. */
export function explain(
  category: Classification['explanation'],
  signals: readonly Found[],
): Explanation | null {
  if (signals.length === 0) return category;
  const scored = category ?? {category: null, against: null, terms: []};
  return {...scored, signals: signals.map(({signal, words}) => ({signal, words}))};
}
