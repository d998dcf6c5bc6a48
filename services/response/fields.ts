import {findAmounts} from './fields/amounts.ts';
import {findCards} from './fields/cards.ts';
import {dayFields} from './fields/days.ts';
import {type FieldName, type Found, foundAt} from './fields/field.ts';
import {ibanAt} from './fields/iban.ts';
import {findNumbers} from './fields/numbers.ts';
import {findPhones} from './fields/phones.ts';
import {coverWithheld} from './fields/withheld.ts';

export type {FieldName};

/** Something definite that a document says, and where it says it. */
export interface Field extends Omit<Found, 'from' | 'to'> {
  /** Offsets into the main text, in UTF-16 units: the first, and the one after the last. Null: it stands in another. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Characters of a text that are looked at, from its start. */
const longestText = 100_000;
/** Fields of one kind that are kept of a text; a letter that needs more is a table. */
const mostOfAKind = 20;
/** Texts beside the main one that are looked at. */
const mostTexts = 20;

/**
 * The fields of a document: those of its text in order of place, none within another, then those of other texts
 * that belong to it, such as its title. Takes time in proportion to the texts: every pattern is bounded in what it
 * looks at from any place. Social security numbers are no field, nor are days of birth and sections of the law.
 */
export function findFields(text: string, others: readonly string[] = []): Field[] {
  const beside = others
    .slice(0, mostTexts)
    .flatMap((other) => findIn(other).map((field) => ({...field, from: null, to: null})));
  return [...findIn(text), ...beside];
}

function findIn(text: string): Found[] {
  const {text: searched, secrets} = coverWithheld(text.slice(0, longestText));
  const found: Found[] = [];
  // In order of evidence: where two overlap, the earlier kind stays.
  for (const kind of kinds) {
    const apart = kind(searched)
      .filter((field) => !found.some((other) => overlap(field, other)))
      .filter(({value}) => secrets.size === 0 || !secrets.has(value.replaceAll(/\D/g, '')));
    found.push(...apart.take(mostOfAKind));
  }
  return found.sort((one, other) => one.from - other.from);
}

const kinds = [ibans, emails, findCards, dayFields, findNumbers, findPhones, findAmounts];

function overlap(one: Found, other: Found): boolean {
  return one.from < other.to && other.from < one.to;
}

const ibanStart = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,36}/g;

function* ibans(text: string) {
  for (const {0: candidate, index} of text.matchAll(ibanStart)) {
    const length = ibanAt(candidate);
    const isWhole = !/^\w/.test(text.slice(index + length, index + length + 1));
    if (length > 0 && isWhole) yield foundAt('iban', index, candidate.slice(0, length));
  }
}

const email = /(?<![\w.%+-])[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

function* emails(text: string) {
  for (const match of text.matchAll(email)) yield foundAt('email', match.index, match[0]);
}
