import {findDates} from './dates.ts';
import {type FieldName, type Found, foundAt} from './field.ts';

const until =
  /\b(?:by|before|until|till|no later than|not later than|due(?: on| by)?|due date(?: is| of)?:?|deadline(?: is| of|:)?|expir(?:es|ed|ing)(?: on)?|bis(?: zum)?|spätestens(?: am)?|fällig(?: am)?|avant le|jusqu.au|échéance(?: du| le| :|:)?|antes del?|hasta el|vence(?: el)?|entro il|scadenza:?|uiterlijk|voor|até|do dnia)(?: the)?[ :]{0,3}$/iu;
const writtenBefore = /^(?:[^\n]*\n){0,4}[^\n\d]{0,40}$/;

/**
 * The days that a text names: the one it bears itself, at its head and alone in its line, those that it sets as a
 * limit, and those on which something was.
 */
export function* dayFields(text: string): Generator<Found> {
  for (const {value, from, day} of findDates(text))
    yield foundAt(kindOfDay(text, from, from + value.length), from, value, day ?? undefined);
}

/** Characters at the start of a letter in which its own day stands. */
const head = 400;

function kindOfDay(text: string, from: number, to: number): FieldName {
  if (until.test(text.slice(Math.max(0, from - 30), from))) return 'deadline';
  const isLast = /^[^\S\n]{0,5}(?:\n|$)/.test(text.slice(to, to + 8));
  const isAtHead = from < head && isLast && writtenBefore.test(text.slice(0, from));
  return isAtHead && /\S/.test(text.slice(to)) ? 'written' : 'date';
}
