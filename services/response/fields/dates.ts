import {monthInLetters, monthOf} from './months.ts';

/** A date as it stands in a text. */
export interface WrittenDate {
  readonly value: string;
  readonly from: number;
  /** ISO 8601; null where day and month could be either way around. */
  readonly day: string | null;
  /** In figures alone, day and month first: some read it the other way around. */
  readonly isFigures: boolean;
}

/** How somebody writes dates in figures. */
export type DateOrder = 'day first' | 'month first';

const ordinal = '(?:st|nd|rd|th|er|º|ª|\\.)?';
const of = '(?:of |de |del |do )?';

/** Each with the groups in which it has year, month and day. */
const forms = [
  {pattern: /(?<![\w/.-])(\d{4})([-/.])(\d{2})\2(\d{2})(?!\d|[-/.]\d)/g, year: 1, month: 3, day: 4},
  {
    pattern: new RegExp(
      `(?<!\\w)${monthInLetters}[\\s.-]{1,2}(\\d{1,2})${ordinal}(?: ?,|-)?\\s?(\\d{4})(?!\\w)`,
      'giu',
    ),
    year: 3,
    month: 1,
    day: 2,
  },
  {
    pattern: new RegExp(
      `(?<!\\w)(\\d{1,2})${ordinal}[\\s-]${of}${monthInLetters}[.,]{0,2}[\\s-]${of}(\\d{4})(?!\\w)`,
      'giu',
    ),
    year: 3,
    month: 2,
    day: 1,
  },
];
/** In figures, with one sign between them. */
const figures = /(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|\.\d)/g;

/**
 * The dates of a text that are in the calendar, from 1900 to 2099: as ISO 8601 (`2025-03-03`), in words of several
 * languages (`March 3rd, 2025`, `3. März 2025`), or in figures (`3/14/2025`, `14.3.2025`), as their writer orders them.
 *
 * @param order How dates in figures are written. (Default: as the text shows)
 */
export function* findDates(text: string, order = orderOf(text)): Generator<WrittenDate> {
  for (const form of forms) {
    for (const match of text.matchAll(form.pattern)) {
      const day = isoDay(Number(match[form.year]), monthOf(match[form.month] ?? ''), Number(match[form.day]));
      if (day !== undefined) yield {value: match[0], from: match.index, day, isFigures: false};
    }
  }
  for (const {match, dayFirst, monthFirst} of datesInFigures(text)) {
    const either = dayFirst === monthFirst || monthFirst === undefined ? dayFirst : monthFirst;
    const isEither = dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst;
    const ordered = order === 'day first' ? dayFirst : order === 'month first' ? monthFirst : undefined;
    const day = isEither ? (ordered ?? null) : either;
    if (day !== undefined) yield {value: match[0], from: match.index, day, isFigures: true};
  }
}

function* datesInFigures(text: string) {
  for (const match of text.matchAll(figures)) {
    const [, first, sign, second, written] = match;
    const year = Number(written) + (written?.length === 2 ? 2000 : 0);
    // 1.2.25 is a version as often as a day.
    if (sign !== '/' && written?.length === 2 && !(first?.length === 2 && second?.length === 2)) continue;
    // Three pairs of figures with dashes are a bank's sort code.
    if (sign === '-' && written?.length === 2) continue;
    const dayFirst = isoDay(year, Number(second), Number(first));
    // With dots the day comes first, where it can.
    const isDotted = sign === '.' && dayFirst !== undefined;
    const monthFirst = isDotted ? undefined : isoDay(year, Number(first), Number(second));
    if (dayFirst !== undefined || monthFirst !== undefined) yield {match, dayFirst, monthFirst};
  }
}

const monthFirstMarks =
  /\bU\.? ?S\.? ?C\b|\bC\.? ?F\.? ?R\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\b\d{3}-\d{2}-\d{4}\b/;
const dayFirstMarks = /£|\b(?:GBP|sort code|[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2})\b/;

/**
 * How the writer of a text orders dates in figures: as those of its dates that can be read in one way only, else as
 * its country does, where it shows one. Undefined when nothing tells, or it is told both ways.
 */
export function orderOf(text: string): DateOrder | undefined {
  const orders = new Set<DateOrder>();
  for (const {dayFirst, monthFirst} of datesInFigures(text)) {
    if (dayFirst === undefined) orders.add('month first');
    if (monthFirst === undefined) orders.add('day first');
  }
  if (orders.size === 0) {
    if (monthFirstMarks.test(text)) orders.add('month first');
    if (dayFirstMarks.test(text)) orders.add('day first');
  }
  const [only] = orders;
  return orders.size === 1 ? only : undefined;
}

/** Undefined where the calendar has no such day. */
function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day that the month has not falls into another.
  const isInCalendar = year >= 1900 && year < 2100 && date.getUTCMonth() === month - 1 && day > 0;
  return isInCalendar ? date.toISOString().slice(0, 10) : undefined;
}
