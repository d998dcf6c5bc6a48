import type {Said} from './browser-style.ts';

/** What of the white space in a page's source is shown (CSS Text §3). */
export interface WhiteSpace {
  readonly keepsLines: boolean;
  readonly keepsSpaces: boolean;
}

export const normalSpace: WhiteSpace = {keepsLines: false, keepsSpaces: false};
const all: WhiteSpace = {keepsLines: true, keepsSpaces: true};
const lines: WhiteSpace = {keepsLines: true, keepsSpaces: false};
const spaces: WhiteSpace = {keepsLines: false, keepsSpaces: true};

const words: ReadonlyMap<string, WhiteSpace> = new Map([
  ['normal', normalSpace],
  ['nowrap', normalSpace],
  ['initial', normalSpace],
  ['collapse', normalSpace],
  ['pre', all],
  ['pre-wrap', all],
  ['-moz-pre-wrap', all],
  ['break-spaces', all],
  ['preserve', all],
  ['pre-line', lines],
  ['preserve-breaks', lines],
  ['preserve-spaces', spaces],
]);

/** The white space of an element that keeps what its parent does where it says nothing. */
export function whiteSpaceOf(said: Said, parent: WhiteSpace): WhiteSpace {
  const value = said('white-space-collapse') ?? said('white-space');
  if (value === undefined) return parent;
  // In `preserve nowrap` the second word says where lines are broken.
  return words.get(value.split(' ')[0] ?? '') ?? parent;
}

/** A text as it is shown: lines and spaces in a row that are not kept are one space. */
export function shown(text: string, {keepsLines, keepsSpaces}: WhiteSpace): string {
  if (keepsLines && keepsSpaces) return text;
  if (keepsSpaces) return text.replaceAll('\n', ' ');
  if (!keepsLines) return text.replace(/\s+/g, ' ');
  return text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n');
}
