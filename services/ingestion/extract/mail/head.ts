/** A field of a header; its value on one line, a character for each byte. */
export interface Field {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** The header of a mail or of one of its parts (RFC 5322 section 2.2). */
export interface Head {
  readonly fields: readonly Field[];
  /** Where that begins what the header stands before. */
  readonly bodyAt: number;
  /** Lines that are neither a field nor marked as the rest of one. */
  readonly strays: number;
}

/**
 * Reads a header up to its empty line. Programs fold a field and forget the white space that says so; such a line
 * still belongs to the field when more of the header follows. Else it is the first line of the body, before which
 * the empty line is missing.
 */
export function readHead(bytes: Buffer, start = 0): Head {
  const fields: {name: string; pieces: string[]}[] = [];
  let strays = 0;
  const head = (bodyAt: number): Head => ({
    fields: fields.map(({name, pieces}) => ({name, value: pieces.join('').trim()})),
    bodyAt,
    strays,
  });
  let before = '';
  for (let at = start; at < bytes.length; ) {
    const {text, next} = lineAt(bytes, at);
    const [, name, value = ''] = field.exec(text) ?? [];
    const last = fields.at(-1);
    if (name !== undefined) fields.push({name: name.toLowerCase(), pieces: [value]});
    else if (endsHead(bytes, text, next)) return head(next);
    else if (!last) return head(at);
    else if (/^[ \t]/.test(text)) last.pieces.push(text);
    else {
      strays++;
      if (!isRestOfField(before, text, bytes, next)) return head(at);
      last.pieces.push(' ', text);
    }
    before = text;
    at = next;
  }
  return head(bytes.length);
}

/** The first value of a field that has any, or null. */
export function firstOf({fields}: Head, name: string): string | null {
  return fields.find((field) => field.name === name && field.value !== '')?.value ?? null;
}

/** Where a mail begins behind a byte order mark, empty lines and the lines that mailboxes put between mails. */
export function startOfMail(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const {text, next} = lineAt(bytes, at);
    if (text.trim() !== '' && !/^>?From /.test(text)) return at;
    at = next;
  }
  return bytes.length;
}

/** Whether a line begins a field. */
export function isField(line: string): boolean {
  return field.test(line);
}

/** The characters of a name as programs use them: a line of prose with a colon has white space before it. */
const field = /^([\w!#$%&'*+.^`|~-]{1,200})[ \t]*:(.*)$/s;

/** A line of white space alone is an empty one, unless another field follows. */
function endsHead(bytes: Buffer, text: string, next: number): boolean {
  return text.trim() === '' && (text === '' || !field.test(lineAt(bytes, next).text));
}

/** How many lines without a mark of folding are looked through for the next field. */
const longestFold = 3;

function isRestOfField(before: string, text: string, bytes: Buffer, next: number): boolean {
  if (/[;,]\s*$/.test(before.slice(-20)) || /^[\w*-]{1,40}="?/.test(text)) return true;
  for (let at = next, count = 0; at < bytes.length && count < longestFold; count++) {
    const line = lineAt(bytes, at);
    if (field.test(line.text)) return true;
    if (line.text.trim() === '') return false;
    at = line.next;
  }
  return false;
}

/** A line without its end, and where the next one begins. */
function lineAt(bytes: Buffer, at: number): {text: string; next: number} {
  const newline = bytes.indexOf(0x0a, at);
  const next = newline === -1 ? bytes.length : newline + 1;
  let end = newline === -1 ? bytes.length : newline;
  while (end > at && bytes[end - 1] === 0x0d) end--;
  return {text: bytes.toString('latin1', at, end), next};
}
