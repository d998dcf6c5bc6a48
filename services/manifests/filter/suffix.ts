import {comparison} from './comparison.ts';
import type {Filter} from './filter.ts';

/** Each attribute ends with what is given, to the letter. A missing attribute fails. */
export function suffix(path: string, pairs: Readonly<Record<string, string>>): Filter {
  return comparison('suffix', path, pairs, (actual, expected) => actual?.endsWith(expected) ?? false);
}
