import {unpackBase64} from './base64.ts';

/** A file that stood in a text. */
export interface UuencodedFile {
  /** A character for each byte. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Takes the uuencoded files out of a text (POSIX uuencode): programs put attachments there before there was MIME, and
 * some do still. A line that begins one without the rest of it is text.
 */
export function withoutUuencoded(text: Buffer): {text: Buffer; files: UuencodedFile[]} {
  const files: UuencodedFile[] = [];
  const pieces: Buffer[] = [];
  let copied = 0;
  for (let at = beginning(text, 0); at !== -1; ) {
    const found = fileAt(text, at);
    if (found) {
      files.push({name: found.name, bytes: found.bytes});
      pieces.push(text.subarray(copied, at));
      copied = found.end;
    }
    at = beginning(text, found?.end ?? at + 1);
  }
  if (files.length === 0) return {text, files};
  return {text: Buffer.concat([...pieces, text.subarray(copied)]), files};
}

function beginning(text: Buffer, from: number): number {
  if (from === 0 && text.toString('latin1', 0, 5) === 'begin') return 0;
  const found = text.indexOf('\nbegin', Math.max(from - 1, 0), 'latin1');
  return found === -1 ? -1 : found + 1;
}

/** A file from its first line to its last; also one that was cut off, when a full line of it is there. */
function fileAt(text: Buffer, start: number): (UuencodedFile & {end: number}) | null {
  const first = lineAt(text, start);
  const [, isBase64, name] = /^begin(-base64)? [0-7]{3,4} (\S.*)$/.exec(first.text) ?? [];
  if (name === undefined) return null;
  if (isBase64 !== undefined) return base64At(text, first.next, name);
  let length = 0;
  let isCertain = false;
  let at = first.next;
  while (at < text.length) {
    const line = lineAt(text, at);
    if (line.text === 'end')
      return {name, bytes: unpacked(text.subarray(first.next, at), length), end: line.next};
    length += lengthOf(line.text);
    // Spaces that were lost at the end of lines don't make a file of nearly nothing.
    if (!isPacked(line.text) || length > 2 * (line.next - first.next) + 100) return null;
    isCertain ||= line.text.startsWith('M');
    at = line.next;
  }
  return isCertain ? {name, bytes: unpacked(text.subarray(first.next), length), end: at} : null;
}

/** The other form of it (`uuencode -m`), which ends in four signs of padding. */
function base64At(text: Buffer, start: number, name: string): (UuencodedFile & {end: number}) | null {
  for (let at = start; at < text.length; ) {
    const line = lineAt(text, at);
    if (line.text === '====') return {name, bytes: unpackBase64(text.subarray(start, at)), end: line.next};
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(line.text)) return null;
    at = line.next;
  }
  return null;
}

function lineAt(text: Buffer, at: number): {text: string; next: number} {
  const newline = text.indexOf(0x0a, at);
  const next = newline === -1 ? text.length : newline + 1;
  // No line of it is longer; a longer one is cut, and then is none of it.
  return {text: text.toString('latin1', at, Math.min(next, at + longestLine)).replace(/\s+$/, ''), next};
}

const longestLine = 300;

/** Whether a line may be one of packed bytes: its first character says how many, and none is in lower case. */
function isPacked(line: string): boolean {
  return /^[ -`]*$/.test(line) && line.length - 1 <= 4 * Math.ceil(lengthOf(line) / 3) + 2;
}

function lengthOf(line: string): number {
  return sextet(line, 0);
}

/** Spaces at the end of a line may be lost; they are zeros. */
function sextet(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - 0x20) & 0x3f : 0;
}

function unpacked(lines: Buffer, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let written = 0;
  for (let at = 0; at < lines.length; ) {
    const {text, next} = lineAt(lines, at);
    const end = written + lengthOf(text);
    for (let from = 1; written < end; from += 4) {
      const quartet = [0, 1, 2, 3].reduce((bits, offset) => (bits << 6) | sextet(text, from + offset), 0);
      for (const shift of [16, 8, 0]) if (written < end) bytes[written++] = (quartet >> shift) & 0xff;
    }
    at = next;
  }
  return bytes;
}
