import {comparison} from './comparison.ts';
import type {Filter} from './filter.ts';

/** Each attribute starts with what is given, to the letter. A missing attribute fails. */
export function prefix(path: string, pairs: Readonly<Record<string, string>>): Filter {
  return comparison('prefix', path, pairs, (actual, expected) => actual?.startsWith(expected) ?? false);
}
