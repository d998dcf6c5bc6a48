import {comparison} from './comparison.ts';
import type {Filter} from './filter.ts';

/** Each attribute is what is given, to the letter. A missing attribute fails. */
export function exact(path: string, pairs: Readonly<Record<string, string>>): Filter {
  return comparison('exact', path, pairs, (actual, expected) => actual === expected);
}
