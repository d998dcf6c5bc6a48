/** What a `Content-Disposition` says of what it stands before. */
export interface Disposition {
  /** Of the form's field. */
  readonly name: string | null;
  /** As the sender has it, without its folders; null where none is said, empty where an empty one is. */
  readonly filename: string | null;
}

/**
 * Reads a `Content-Disposition`, however its sender writes it: names quoted or not, `"` as `%22` (browsers) or `\"`
 * (curl), `filename*` with its characters percent-encoded (RFC 8187), which goes before `filename`.
 */
export function dispositionOf(header: string): Disposition {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of header.matchAll(parameter)) {
    const value = quoted === undefined ? token.trim() : unescaped(quoted);
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
  }
  const filename = extended(parameters.get('filename*')) ?? parameters.get('filename') ?? null;
  return {
    name: extended(parameters.get('name*')) ?? parameters.get('name') ?? null,
    filename: filename === null ? null : withoutFolders(filename),
  };
}

/** `; name="value"` or `; name=value`. */
const parameter = /;[ \t]*([a-z]+\*?)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/gis;

/** A backslash stands before `"` and before itself; else it is one of a Windows path. */
function unescaped(quoted: string): string {
  return quoted.replaceAll(/\\(["\\])/g, '$1').replaceAll('%22', '"');
}

/** `utf-8'en'%e2%82%ac`; undefined where it is nothing of the kind. */
function extended(value: string | undefined): string | undefined {
  const [, charset = '', encoded] = /^([^']*)'[^']*'(.*)$/.exec(value ?? '') ?? [];
  if (encoded === undefined || !/^(?:[^%]|%[0-9a-f]{2})*$/i.test(encoded)) return undefined;
  const bytes = Buffer.from(
    encoded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  try {
    return new TextDecoder(charset, {fatal: true}).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The last of the path; at most 255 UTF-16 units, and no half character at the end. */
function withoutFolders(filename: string): string {
  const name = filename.split(/[/\\]/).at(-1) ?? '';
  return name.slice(0, longestFilename).replace(/[\uD800-\uDBFF]$/, '');
}

const longestFilename = 255;
