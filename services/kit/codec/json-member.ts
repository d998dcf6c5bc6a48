/**
 * The raw text of one member of a JSON object's top level; undefined when it has none.
 *
 * `JSON.parse` and `stringify` would round big numbers and rewrite escapes, and data is not ours to rewrite. The
 * text has to be a valid JSON object already: this only finds where the member starts and ends. As in `JSON.parse`,
 * the last of several members with one name counts.
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
    index = skipSpace(text, end);
    if (text[index] !== ',') break;
    index++;
  }
  return found;
}

function skipSpace(text: string, index: number): number {
  while (text.charCodeAt(index) <= 0x20) index++;
  return index;
}

/** The index behind the closing quote of the string that opens at `index`. */
function endOfString(text: string, index: number): number {
  for (index++; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5c) index++;
    else if (code === 0x22) return index + 1;
  }
  return index;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  let index = start;
  if (first !== '{' && first !== '[') {
    while (index < text.length && !',}] \t\r\n'.includes(text[index] ?? ',')) index++;
    return index;
  }
  for (let depth = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return index + 1;
    }
  }
  return index;
}
