/**
 * Splits text of a style at a sign, where it does not stand in a string or in brackets: `;` in a URL ends no
 * declaration. A space splits at any white space.
 */
export function split(text: string, sign: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '"' || character === "'") at = endOfString(text, at);
    else if (character === '(' || character === '[' || character === '{') depth++;
    else if (character === ')' || character === ']' || character === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0 && (character === sign || (sign === ' ' && /\s/.test(character)))) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Where a string ends that begins here: at its quote, or with its line (CSS Syntax §4.3.5). */
export function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === quote || character === '\n') return at;
    if (character === '\\') at++;
  }
  return text.length;
}

/** Without comments, and without the marks of those that hide a style from programs that knew none. */
export function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('/*', from);
    parts.push(start < 0 ? text.slice(from) : text.slice(from, start));
    const end = start < 0 ? -1 : text.indexOf('*/', start + 2);
    if (end < 0) return parts.join(' ').replace(/<!--|-->|<!\[CDATA\[|\]\]>/g, ' ');
    from = end + 2;
  }
}

/** Names as they are meant where they were written with escapes, as in `.sm\:hidden` (CSS Syntax §4.3.7). */
export function unescaped(name: string): string {
  if (!name.includes('\\')) return name;
  return name.replace(/\\(?:([\da-f]{1,6})\s?|([\s\S]))/gi, (_, code?: string, character?: string) => {
    if (code === undefined) return character ?? '';
    const point = Number.parseInt(code, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
}
