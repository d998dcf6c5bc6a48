/** A date as it stands in a text. */
export interface WrittenDate {
  readonly value: string;
  readonly from: number;
}

const month = '(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}';
const ordinal = '(?:st|nd|rd|th)?';

/** Each with the groups in which it has year, month and day. */
const forms = [
  {pattern: /(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?!\d|-\d)/g, year: 1, month: 2, day: 3},
  {pattern: /(?<![\w/])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\w/])/g, year: 3, month: 1, day: 2},
  {
    pattern: new RegExp(`(?<!\\w)${month}\\.?\\s(\\d{1,2})${ordinal},?\\s(\\d{4})(?!\\w)`, 'gi'),
    year: 3,
    month: 1,
    day: 2,
  },
  {
    pattern: new RegExp(`(?<!\\w)(\\d{1,2})${ordinal}\\s(?:of\\s)?${month}\\.?,?\\s(\\d{4})(?!\\w)`, 'gi'),
    year: 3,
    month: 2,
    day: 1,
  },
];

/**
 * The dates of a text that are in the calendar, from 1900 to 2099: as ISO 8601 (`2025-03-03`), with slashes
 * (`3/14/2025`; where there is no such month, the day first), or in English words (`March 3rd, 2025`).
 */
export function* findDates(text: string): Generator<WrittenDate> {
  for (const form of forms) {
    for (const match of text.matchAll(form.pattern)) {
      const [year, month, day] = [form.year, form.month, form.day].map((group) =>
        numberOf(match[group] ?? ''),
      );
      if (year === undefined || month === undefined || day === undefined) continue;
      if (isInCalendar(year, month, day) || isInCalendar(year, day, month))
        yield {value: match[0], from: match.index};
    }
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Of a day, a month in figures or letters, or a year of four or two figures. */
function numberOf(part: string): number {
  const named = months.indexOf(part.slice(0, 3).toLowerCase());
  return named === -1 ? Number(part) : named + 1;
}

function isInCalendar(writtenYear: number, month: number, day: number): boolean {
  const year = writtenYear < 100 ? 2000 + writtenYear : writtenYear;
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day that the month has not falls into another.
  return year >= 1900 && year < 2100 && date.getUTCMonth() === month - 1;
}
