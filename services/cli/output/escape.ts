/** Characters that turn text around or break its lines where a terminal or an editor shows it: a class of a pattern. */
export const turning = '\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';

/** The same, and those that move a terminal's cursor, but for what JSON escapes itself. */
const unseen = new RegExp(`[\\u007f-\\u009f${turning}]`, 'g');

/**
 * JSON, or what else takes its escapes, with the characters escaped that move a terminal's cursor or turn its text
 * around: JSON itself leaves all but the oldest of them as they are.
 */
export function escapeUnseen(json: string): string {
  return json.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether there is something to escape. */
export function hasUnseen(text: string): boolean {
  return text.search(unseen) !== -1;
}
