import {Reject} from '../errors.ts';

const encoder = new TextEncoder();
// A byte order mark is a character like any other here.
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/**
 * An attribute as an HTTP header's value: space, `"`, `%` and all that is no printable ASCII become `%XX` of
 * their UTF-8 bytes (CloudEvents HTTP binding 1.0 §3.1.3.2).
 */
export function percentEncode(value: string): string {
  if (!needsEncoding(value)) return value;
  let encoded = '';
  for (const byte of encoder.encode(value)) {
    const isPlain = byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x25;
    encoded += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/**
 * The reverse, once: needless escapes and lower-case digits are taken, raw characters stay, and a value in double
 * quotes, as old senders write it, is unquoted first.
 *
 * @throws Reject when the escapes are no valid UTF-8.
 */
export function percentDecode(header: string, name: string): string {
  const raw = header.charCodeAt(0) === 0x22 ? unquote(header) : header;
  // Node reads header bytes as Latin-1: what a sender wrote as raw UTF-8 has to be put together again.
  const value = isAscii(raw) ? raw : fromLatin1(raw);
  if (!value.includes('%')) return value;
  return value.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    const bytes = Uint8Array.from(escapes.slice(1).split('%'), (digits) => Number.parseInt(digits, 16));
    try {
      return decoder.decode(bytes);
    } catch {
      throw new Reject(
        `Header \`ce-${name}\` holds percent escapes that are no UTF-8: ${escapes.slice(0, 60)}.`,
      );
    }
  });
}

function unquote(value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(value);
  return quoted?.[1] === undefined ? value : quoted[1].replace(/\\(.)/gs, '$1');
}

function fromLatin1(value: string): string {
  try {
    return decoder.decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

function isAscii(value: string): boolean {
  for (let index = 0; index < value.length; index++) if (value.charCodeAt(index) > 0x7f) return false;
  return true;
}

function needsEncoding(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f || code === 0x22 || code === 0x25) return true;
  }
  return false;
}
