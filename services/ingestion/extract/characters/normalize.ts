import {limits} from '../limits.ts';

/**
 * A document's text as it is kept: NFC, lines ended by `\n`, at most one blank line in a row, no control
 * characters but tabs, and none that are read by machines and not seen by people (zero-width, direction
 * marks, tag characters), which can hide words or instructions.
 */
export function normalize(text: string, maximum: number): string {
  return cut(text, maximum)
    .toWellFormed()
    .replace(manyMarks, '$1')
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(invisible, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A title, name or address: the same on one line, or null where nothing is left. */
export function normalizeLine(text: string | null | undefined): string | null {
  if (!text) return null;
  const line = normalize(text, limits.lineCharacters).replace(/\s+/g, ' ');
  return line === '' ? null : line;
}

/** No language puts more than 30 marks on one letter (UAX #15 section 13), and ordering them takes the square of their number. */
const manyMarks = /(\p{M}{30})\p{M}+/gu;

const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;

/** The first characters of a text, never half of a surrogate pair. */
function cut(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(maximum - 1)) ? maximum - 1 : maximum;
  return text.slice(0, end);
}
