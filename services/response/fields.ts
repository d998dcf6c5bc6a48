import {findDates} from './dates.ts';
import {ibanAt} from './iban.ts';

/** What kind of thing a field is; the first five name something that a case can be looked up by. */
export type FieldName =
  | 'reference'
  | 'account'
  | 'loan'
  | 'invoice'
  | 'iban'
  | 'amount'
  | 'date'
  | 'email'
  | 'phone';

/** Something definite that a document says, and where it says it. */
export interface Field {
  readonly name: FieldName;
  /** As written, with single blanks. */
  readonly value: string;
  /** Offsets into the text, in UTF-16 units: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Characters of a text that are looked at, from its start. */
const longestText = 100_000;
/** Fields of one kind that are kept; a letter that needs more is a table. */
const mostOfAKind = 20;

/**
 * The fields of a text in order of place, none within another. Takes time in proportion to the text: every
 * pattern is bounded in what it looks at from any place.
 */
export function findFields(text: string): Field[] {
  const searched = text.slice(0, longestText);
  const found: Field[] = [];
  // In order of evidence: where two overlap, the earlier kind stays.
  for (const kind of kinds) {
    const apart = kind(searched).filter((field) => !found.some((other) => overlap(field, other)));
    found.push(...apart.take(mostOfAKind));
  }
  return found.sort((one, other) => one.from - other.from);
}

const kinds = [ibans, emails, dates, numbers, amounts, phones];

function overlap(one: Field, other: Field): boolean {
  return one.from < other.to && other.from < one.to;
}

function field(name: FieldName, from: number, value: string): Field {
  return {name, value: value.replaceAll(/\s+/g, ' '), from, to: from + value.length};
}

const ibanStart = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,36}/g;

function* ibans(text: string) {
  for (const {0: candidate, index} of text.matchAll(ibanStart)) {
    const length = ibanAt(candidate);
    const isWhole = !/^\w/.test(text.slice(index + length, index + length + 1));
    if (length > 0 && isWhole) yield field('iban', index, candidate.slice(0, length));
  }
}

const email = /(?<![\w.%+-])[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

function* emails(text: string) {
  for (const match of text.matchAll(email)) yield field('email', match.index, match[0]);
}

function* dates(text: string) {
  for (const {value, from} of findDates(text)) yield field('date', from, value);
}

const labels: Readonly<Record<string, FieldName>> = {
  ...{account: 'account', acct: 'account', card: 'account', loan: 'loan', mortgage: 'loan'},
  ...{invoice: 'invoice', bill: 'invoice', reference: 'reference', ref: 'reference', case: 'reference'},
  ...{claim: 'reference', complaint: 'reference', dispute: 'reference', file: 'reference'},
  ...{transaction: 'reference', transfer: 'reference', confirmation: 'reference', report: 'reference'},
  ...{tracking: 'reference', order: 'reference', ticket: 'reference'},
};
const numberWord = '(?:(?:number|num|nbr|nr|no|id|code)\\b\\.?|#)';
const sign = '(?::|=|ending(?: (?:in|with))?\\b)';
const cardGroups = '\\d{4}(?:[ -]\\d{4}){2,4}';
// A figure early on, or a word would be taken for a number and a label in it for gone.
const joined = '(?=[a-z/-]{0,12}\\d)[a-z0-9](?:[/-]?[a-z0-9]){2,31}';
const labelled = new RegExp(
  `\\b(${Object.keys(labels).join('|')})\\b\\.?[ \\t]{0,2}(${numberWord})?[ \\t]{0,2}(?:(?:is|was)\\b)?` +
    `[ \\t]{0,2}(${sign})?[ \\t]{0,2}#?(${cardGroups}|${joined})` +
    '(?!\\w|[.,]\\d| ?(?:%|(?:percent|dollars|pounds|euros?|usd|gbp)\\b))',
  'gdi',
);

/** Numbers that a label stands before, as in "loan number: 00-4471". */
function* numbers(text: string) {
  for (const match of text.matchAll(labelled)) {
    const [, label = '', isNumber, isGiven, value = ''] = match;
    const name = labels[label.toLowerCase()];
    const from = match.indices?.[4]?.[0];
    // A bare word before a short number is no evidence: "my account 2019", "the loan is 500".
    const least = isNumber === undefined && isGiven === undefined ? 6 : 3;
    const isTold = value.replaceAll(/\D/g, '').length >= least && !redacted.test(value);
    if (name !== undefined && from !== undefined && isTold) yield field(name, from, value);
  }
}

/** As some public collections hide what a person wrote. */
const redacted = /xx/i;

const figures =
  "(?:\\d{1,3}(?:[,.'\\u00a0\\u202f]\\d{3}){1,4}(?:[.,]\\d{2})?|\\d{1,12}(?:[.,]\\d{1,2})?)(?![.,]?\\d)";
const amount = new RegExp(
  `(?<![\\w$€£])(?:US\\$|[$€£]|(?:USD|EUR|GBP|CAD|CHF)\\b) ?${figures}(?: (?:million|billion|thousand)\\b)?|` +
    `(?<![\\w.,$€£-])${figures} ?(?:€|(?:USD|EUR|GBP|CAD|CHF|dollars|pounds|euros?)\\b)`,
  'gi',
);

function* amounts(text: string) {
  for (const match of text.matchAll(amount)) yield field('amount', match.index, match[0]);
}

const phone =
  /(?<![\w.+-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])|(?<![\w+])\+\d[\d ().-]{6,18}\d(?!\w)/g;

function* phones(text: string) {
  for (const match of text.matchAll(phone)) {
    const digits = match[0].replaceAll(/\D/g, '').length;
    // The longest of ITU-T E.164.
    if (digits >= 8 && digits <= 15) yield field('phone', match.index, match[0]);
  }
}
