import {amountOf} from './fields/amounts.ts';
import type {Field, FieldName} from './fields.ts';
import type {Phrases} from './phrases.ts';
import type {Askable} from './template-head.ts';

/** What a letter can mention. */
export type Mentionable = Askable | 'deadline';

/** The fields that stand for each thing a letter can mention or ask for. */
export type Mentions = Readonly<Record<Mentionable, readonly Field[]>>;

/** The numbers that a letter's case is looked up by, the most telling first; else in the order of {@link numbers}. */
const firstNumbers: Readonly<Record<string, readonly FieldName[]>> = {
  mortgage: ['loan'],
  consumer_loan: ['loan'],
  student_loan: ['loan'],
  money_transfer: ['reference'],
};
const numbers: readonly FieldName[] = ['account', 'card', 'loan', 'reference', 'invoice', 'iban'];

/** What a letter mentions of the fields that were found. */
export function mentionsIn(found: readonly Field[], template: string): Mentions {
  const of = (name: FieldName) => found.filter((field) => field.name === name);
  const ordered = [...(firstNumbers[template] ?? []), ...numbers].flatMap(of);
  return {
    // One is enough to find a case by.
    reference: ordered.slice(0, 1),
    amount: eachOnce(of('amount')),
    date: eachOnce(of('date')),
    deadline: eachOnce(of('deadline')),
  };
}

function eachOnce(fields: readonly Field[]): Field[] {
  return [...Map.groupBy(fields, ({meaning}) => meaning).values()].flatMap((same) => same.slice(0, 1));
}

/** Whether a document says what a letter asks for: an amount of nothing is none. */
export function isSaid(name: Askable, mentions: Mentions): boolean {
  if (name === 'amount') return mentions.amount.some(isSomething);
  return mentions[name].length > 0;
}

function isSomething({value}: Field): boolean {
  return amountOf(value) > 0;
}

/** The amounts as a letter says them, without those of nothing beside others; null: there are none. */
export function amountsSaid(amounts: readonly Field[], language: string, phrases: Phrases): string | null {
  const some = amounts.filter(isSomething);
  const [nothing] = amounts;
  if (some.length > 0)
    return listed(
      some.map(({value}) => value),
      language,
      phrases,
    );
  return nothing === undefined ? null : `${nothing.value}, ${phrases.nothing}`;
}

/** The days as a letter says them; null: there are none. */
export function daysSaid(days: readonly Field[], language: string, phrases: Phrases): string | null {
  return listed(
    days.map((day) => (language === 'en' ? dayInWords(day) : day.value)),
    language,
    phrases,
  );
}

/** More would be a list and no sentence. */
const mostListed = 3;

function listed(values: readonly string[], language: string, {several}: Phrases): string | null {
  if (values.length === 0) return null;
  if (values.length > mostListed) return several;
  return new Intl.ListFormat(language, {type: 'conjunction'}).format(values);
}

/**
 * A day in figures, in words that nobody reads the other way around, in the order that its writer keeps: 14/3/2025 is
 * 14 March 2025 and 3/14/2025 March 14, 2025. As written where it can be read both ways.
 */
function dayInWords({value, meaning}: Field): string {
  const [, first] = /^(\d{1,2})[/.-]\d/.exec(value) ?? [];
  const day = new Date(`${meaning}T00:00:00Z`);
  if (first === undefined || Number.isNaN(day.getTime())) return value;
  const [month, date, year] = [months[day.getUTCMonth()], day.getUTCDate(), day.getUTCFullYear()];
  const isDayFirst = Number(first) === date && Number(first) !== day.getUTCMonth() + 1;
  return isDayFirst ? `${date} ${month} ${year}` : `${month} ${date}, ${year}`;
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** Thirteen figures or more in any grouping: as long as a card's, which is never told. */
const asLongAsCard = /\d(?:[ ./-]?\d){12}/;

/** The value of a number as it may be kept beside a letter. */
export function toldValue({name, value}: Field): string {
  return name !== 'iban' && asLongAsCard.test(value)
    ? `ending in ${value.replaceAll(/\D/g, '').slice(-4)}`
    : value;
}

/** Of a long number its end alone: a letter may be read by others. */
export function numberSaid({name, value}: Field, {numbers: called, ending}: Phrases): string {
  const figures = value.replaceAll(/[^A-Za-z0-9]/g, '');
  const isOfAccount = name !== 'reference' && name !== 'invoice';
  const isEnd = isOfAccount && (figures.length >= 8 || figures.length === 4);
  const isSecret = name === 'card' || asLongAsCard.test(value) || isEnd;
  return `${called[name] ?? called.reference} ${isSecret ? `${ending} ${figures.slice(-4)}` : value}`;
}
