import type {Attributes, Dialect, Filter, Verdict} from './filter.ts';
import {type Read, readerOf} from './lookup.ts';

/** One attribute and what its value is compared with. */
export interface Comparison {
  readonly attribute: string;
  readonly expected: string;
  readonly read: Read;
}

/** Whether an event's value, undefined where it has none, is as expected. */
export type Holds = (actual: string | undefined, expected: string) => boolean;

/** A filter that compares attributes one by one, all of which must hold. */
export function comparison(
  dialect: Dialect,
  path: string,
  pairs: Readonly<Record<string, string>>,
  holds: Holds,
): Filter {
  const comparisons = Object.entries(pairs).map(([attribute, expected]) => ({
    attribute,
    expected,
    read: readerOf(attribute),
  }));
  return {
    matches(attributes) {
      for (const {read, expected} of comparisons) if (!holds(read(attributes), expected)) return false;
      return true;
    },
    explain(attributes) {
      const verdicts = comparisons.map((one) => verdictOf(one, {dialect, path, holds}, attributes));
      const [only] = verdicts;
      if (only !== undefined && verdicts.length === 1) return only;
      return {pass: verdicts.every(({pass}) => pass), dialect, path, children: verdicts};
    },
  };
}

function verdictOf(
  {attribute, expected, read}: Comparison,
  {dialect, path, holds}: {dialect: Dialect; path: string; holds: Holds},
  attributes: Attributes,
): Verdict {
  const actual = read(attributes);
  return {pass: holds(actual, expected), dialect, path, attribute, expected, actual: actual ?? null};
}
