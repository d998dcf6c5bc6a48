import {isForScreen} from './media.ts';
import {endOfString} from './style-text.ts';

/** A rule as it stands in a style sheet. */
export interface Rule {
  readonly selectors: string;
  readonly declarations: string;
}

/**
 * The rules of a style sheet that hold on a screen (CSS Syntax §5.4), each read once whatever it is nested in.
 *
 * @param sheet without comments.
 */
export function* rulesIn(sheet: string): Generator<Rule> {
  let from = 0;
  while (from < sheet.length) {
    const at = endOfPrelude(sheet, from);
    const prelude = sheet.slice(from, at).trim();
    from = at + 1;
    // What ends here is a group of rules, or a rule without a block such as `@import`.
    if (sheet.charAt(at) !== '{') continue;
    if (prelude.startsWith('@')) {
      if (!isGroupThatHolds(prelude)) from = endOfBlock(sheet, from) + 1;
      continue;
    }
    const end = endOfBlock(sheet, from);
    yield {selectors: prelude, declarations: sheet.slice(from, end)};
    from = end + 1;
  }
}

/** Groups are read as if their rules stood outside of them. */
function isGroupThatHolds(prelude: string): boolean {
  const [, name = '', condition = ''] = /^@([\w-]+)([\s\S]*)$/.exec(prelude) ?? [];
  if (name.toLowerCase() === 'media') return isForScreen(condition);
  if (name.toLowerCase() === 'supports') return !/^\s*not\b/i.test(condition);
  return name.toLowerCase() === 'layer';
}

function endOfPrelude(sheet: string, start: number): number {
  for (let at = start; at < sheet.length; at++) {
    const character = sheet.charAt(at);
    if (character === '{' || character === '}' || character === ';') return at;
    if (character === '"' || character === "'") at = endOfString(sheet, at);
    else if (character === '\\') at++;
  }
  return sheet.length;
}

/** Where the block that begins here ends, with its bracket or with the sheet. */
function endOfBlock(sheet: string, start: number): number {
  let depth = 1;
  for (let at = start; at < sheet.length; at++) {
    const character = sheet.charAt(at);
    if (character === '"' || character === "'") at = endOfString(sheet, at);
    else if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
  }
  return sheet.length;
}
