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

const unseen = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
