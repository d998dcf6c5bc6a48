/** A piece of a field of addresses, without the characters that mark it. */
export interface Token {
  readonly kind: 'text' | 'comment' | 'angle' | 'comma' | 'colon';
  readonly text: string;
}

/** The pieces of a field of addresses (RFC 5322 section 3.4). A mark that is never closed is a character like others. */
export function* addressTokens(field: string): Generator<Token, void, undefined> {
  const unclosed = new Set<string>();
  for (let at = 0; at < field.length; ) {
    const character = field.charAt(at);
    const end = character in closings && !unclosed.has(character) ? closingOf(field, at) : -1;
    if (end !== -1) {
      const inside = field.slice(at + 1, end).replaceAll(/\\(.)/gs, '$1');
      yield {kind: closings[character] ?? 'text', text: inside};
      at = end + 1;
      continue;
    }
    if (character in closings) unclosed.add(character);
    text.lastIndex = at;
    const run = text.exec(field)?.[0] ?? character;
    yield {kind: separators[run] ?? 'text', text: run};
    at += run.length;
  }
}

/** What begins with these characters and ends with its own. */
const closings: Readonly<Record<string, Token['kind']>> = {'"': 'text', '(': 'comment', '<': 'angle'};
const separators: Readonly<Record<string, Token['kind']>> = {',': 'comma', ';': 'comma', ':': 'colon'};

/** An encoded word, in which nothing is a mark (RFC 2047 section 5), or characters that are none. */
const text = /=\?[^?\s]{1,80}\?[bq]\?[^?]*\?=|[^"(<,;:=]+/iy;

/** Where a mark is closed, with comments in comments; -1 when it is not. */
function closingOf(field: string, start: number): number {
  const opening = field.charAt(start);
  if (opening === '<') return field.indexOf('>', start);
  let depth = 0;
  for (let at = start; at < field.length; at++) {
    const character = field.charAt(at);
    if (character === '\\') at++;
    else if (opening === '"' && character === '"' && at > start) return at;
    else if (opening === '(' && character === '(') depth++;
    else if (opening === '(' && character === ')' && --depth === 0) return at;
  }
  return -1;
}
