import {comparison} from './comparison.ts';
import type {Filter} from './filter.ts';

/** Of the older form: the value that stands for any value but none. */
const any = '';

/**
 * The older form, `filter.attributes`: each attribute is what is given, to the letter; `''` asks only that the event
 * has the attribute and that it is not empty.
 *
 * After Knative's `attributesFilter`, as it is in MTChannelBasedBroker.
 */
export function attributes(path: string, pairs: Readonly<Record<string, string>>): Filter {
  return comparison('attributes', path, pairs, (actual, expected) =>
    expected === any ? actual !== undefined && actual !== '' : actual === expected,
  );
}
