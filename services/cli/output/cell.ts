import {turning} from './escape.ts';

/**
 * A value as one cell of a table: `-` for nothing. What came from a document can't move the cursor or color
 * the terminal, for control and direction characters become spaces.
 */
export function cell(value: unknown): string {
  if (value === undefined || value === null || value === '') return '-';
  if (typeof value === 'object') return oneLine(JSON.stringify(value));
  return oneLine(String(value));
}

/** A number from 0 to 1 with two digits. */
export function share(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(2) : '-';
}

/** A time to the second, in UTC. */
export function moment(value: unknown): string {
  return cell(typeof value === 'string' ? value.replace(/\.\d+Z$/, 'Z') : value);
}

/** Text on one line, harmless to a terminal. */
export function oneLine(text: string): string {
  return text.replace(harmful, ' ');
}

const harmful = new RegExp(`[\\p{Cc}${turning}]+`, 'gu');

/** Text of several lines, harmless to a terminal, each line moved to the right. */
export function indented(text: string, by = '  '): string {
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  return lines.map((line) => `${by}${oneLine(line)}`.trimEnd()).join('\n');
}
