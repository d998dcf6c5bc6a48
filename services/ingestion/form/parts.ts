import {isUtf8} from 'node:buffer';

/** A part of a form, as it was sent. */
export interface Part {
  /** Its header fields by name in lower case; of several of a name, the first. */
  readonly headers: ReadonlyMap<string, string>;
  /** A view on the form's bytes. */
  readonly content: Buffer;
}

/**
 * The parts of a form that has come in whole, each on one pass over the bytes.
 *
 * @param boundary as the content type has it, without the two dashes
 * @throws Error with the reason as a clause, such as `it ends within a part`.
 * @see RFC 7578; RFC 2046 section 5.1.1
 */
export function* partsOf(form: Buffer, boundary: string): Generator<Part, void, undefined> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  let at = firstDelimiter(form, delimiter);
  while (!isLast(form, at)) {
    const head = form.indexOf('\r\n', at, 'latin1');
    const end = head === -1 ? -1 : endOf(form, delimiter, head);
    if (end === -1) throw new Error('it ends within a part');
    const headEnd = form.indexOf('\r\n\r\n', head, 'latin1');
    // A part without content ends where the empty line does: its CRLF begins the delimiter.
    if (headEnd === -1 || headEnd + 2 > end) throw new Error('a part of it has no empty line after its head');
    if (headEnd - head > longestHead) throw new Error(`a part has a head of more than ${longestHead} bytes`);
    yield {
      headers: headersOf(form.subarray(head, headEnd)),
      content: form.subarray(Math.min(headEnd + 4, end), end),
    };
    at = end + delimiter.length;
  }
}

/** In bytes, of all header fields of a part. */
const longestHead = 16 * 1024;

/** Where the first delimiter ends: at the beginning, or after a line that does not count. */
function firstDelimiter(form: Buffer, delimiter: Buffer): number {
  const first = delimiter.subarray(2);
  if (form.subarray(0, first.length).equals(first)) return first.length;
  const later = form.indexOf(delimiter);
  if (later === -1) throw new Error(`it holds no line --${first.subarray(2).toString('latin1')}`);
  return later + delimiter.length;
}

/** Where the next delimiter begins that is a line of its own: a longer line that begins like it is text. -1: there is none. */
function endOf(form: Buffer, delimiter: Buffer, from: number): number {
  for (let at = form.indexOf(delimiter, from); at !== -1; at = form.indexOf(delimiter, at + 1)) {
    const next = form[at + delimiter.length];
    if (next === undefined || '\r \t-'.includes(String.fromCharCode(next))) return at;
  }
  return -1;
}

function isLast(form: Buffer, at: number): boolean {
  return form[at] === dash && form[at + 1] === dash;
}

const dash = '-'.charCodeAt(0);

function headersOf(head: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  // Browsers write UTF-8; older programs the characters of their machine.
  for (const line of head.toString(isUtf8(head) ? 'utf8' : 'latin1').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/**
 * The boundary that a form's content type names.
 *
 * @throws Error where there is none, or one that may not be (RFC 2046 section 5.1.1).
 */
export function boundaryOf(contentType: string): string {
  const [, quoted, token] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^;\s]*))/i.exec(contentType) ?? [];
  const boundary = quoted ?? token ?? '';
  if (boundary === '') throw new Error('its content type names no boundary');
  if (boundary.length > longestBoundary)
    throw new Error(`its boundary has ${boundary.length} characters, more than ${longestBoundary}`);
  return boundary;
}

const longestBoundary = 70;

/** A field's value, in the characters that it is in. @throws Error when it is too long. */
export function fieldOf(content: Buffer): string {
  if (content.length > longestField)
    throw new Error(`a field of it has ${content.length} bytes, more than ${longestField}`);
  return content.toString(isUtf8(content) ? 'utf8' : 'latin1');
}

const longestField = 10_000;
