/**
 * A member of a JSON text as it is written. `JSON.parse` and `stringify` would round big numbers and rewrite
 * escapes, and data is not ours to rewrite. The text has to be valid JSON already: this only finds where a member
 * starts and ends.
 */

/**
 * The text of one member of the top-level object; undefined when it has none. As in `JSON.parse`, the last of
 * several members with one name counts.
 */
export function jsonMember(text: string, name: string): string | undefined {
  let found: string | undefined;
  let index = text.indexOf('{') + 1;
  while (index > 0 && index < text.length) {
    index = skipSpace(text, index);
    if (text[index] !== '"') break;
    const keyEnd = endOfString(text, index);
    const key: unknown = JSON.parse(text.slice(index, keyEnd));
    const start = skipSpace(text, text.indexOf(':', keyEnd) + 1);
    const end = endOfValue(text, start);
    if (key === name) found = text.slice(start, end);
    index = behindComma(text, end);
  }
  return found;
}

/** The index behind the comma that follows; the end of the text when none does. */
function behindComma(text: string, end: number): number {
  const index = skipSpace(text, end);
  return text[index] === ',' ? index + 1 : text.length;
}

function skipSpace(text: string, start: number): number {
  let index = start;
  while (text.charCodeAt(index) <= 0x20) index++;
  return index;
}

/** The index behind the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5c) index++;
    else if (code === 0x22) return index + 1;
  }
  return index;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  return first === '{' || first === '[' ? endOfNest(text, start) : endOfWord(text, start);
}

/** The index behind the bracket that closes the one at `start`. */
function endOfNest(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return index + 1;
    }
  }
  return text.length;
}

/** The index behind a number, `true`, `false` or `null`. */
function endOfWord(text: string, start: number): number {
  let index = start;
  while (index < text.length && !',}] \t\r\n'.includes(text[index] ?? ',')) index++;
  return index;
}
