/** A field with parameters, such as `text/plain; charset=utf-8` (RFC 2045 section 5.1). */
export interface Structured {
  /** In lower case. */
  readonly value: string;
  /** By name in lower case, as they are written; of several of a name, the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A parameter's bytes, a character for each, and what they are written in, where it is said. */
export interface Parameter {
  readonly octets: string;
  readonly charset: string | null;
  /** Written as RFC 2231 has it: nothing in it is encoded any further. */
  readonly isExtended: boolean;
}

/** Reads a field with parameters, also where no semicolon stands before them. */
export function structured(field: string): Structured {
  const value = /^\s*"?([^\s;,"(]*)/.exec(field)?.[1] ?? '';
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of field.matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll(/\\(["\\])/g, '$1') ?? bare(token));
  }
  return {value: value.toLowerCase(), parameters};
}

/** A value without quotes ends at the semicolon, or where the next name stands without one. */
const parameter =
  /[;\s]([\w!#$%&'*+.^`|~-]{1,100})[ \t]{0,20}=[ \t]{0,20}(?:"((?:[^"\\]|\\.)*)"|((?:(?!\s[\w*-]{1,40}=)[^;])*))/gs;

/** Without a comment behind it, and without the one quote of two. */
function bare(token: string): string {
  const comment = token.search(/\s\(/);
  return (comment === -1 ? token : token.slice(0, comment)).trim().replace(/^["']|["']$/g, '');
}

/** A parameter, put together where it was cut to pieces and its characters were encoded (RFC 2231). */
export function parameterOf({parameters}: Structured, name: string): Parameter | null {
  const whole = parameters.get(`${name}*`);
  if (whole !== undefined) return extended([unescaped(whole)], true);
  const pieces: string[] = [];
  const isEncoded = parameters.has(`${name}*0*`);
  for (;;) {
    const encoded = parameters.get(`${name}*${pieces.length}*`);
    const piece = encoded === undefined ? parameters.get(`${name}*${pieces.length}`) : unescaped(encoded);
    if (piece === undefined) break;
    pieces.push(piece);
  }
  if (pieces.length > 0) return extended(pieces, isEncoded);
  const octets = parameters.get(name);
  return octets === undefined ? null : {octets, charset: null, isExtended: false};
}

/** `utf-8'en'` stands before the first piece, where that is encoded; programs forget it. */
function extended(pieces: string[], isEncoded: boolean): Parameter {
  const octets = pieces.join('');
  const [prefix = '', charset = ''] = (isEncoded && /^([^']{0,60})'[^']{0,60}'/.exec(octets)) || [];
  return {octets: octets.slice(prefix.length), charset: charset || null, isExtended: isEncoded};
}

function unescaped(value: string): string {
  return value.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
