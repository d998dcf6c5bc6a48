/** Unpacks quoted-printable (RFC 2045 section 6.7). A `=` that begins nothing stays what it is. */
export function unpackQuotedPrintable(packed: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(packed.length);
  let length = 0;
  for (let at = 0; at < packed.length; ) {
    const byte = packed[at] ?? 0;
    const high = byte === equals ? digit(packed[at + 1]) : -1;
    const low = high === -1 ? -1 : digit(packed[at + 2]);
    if (low !== -1) {
      bytes[length++] = high * 16 + low;
      at += 3;
      continue;
    }
    const next = byte === equals ? afterSoftBreak(packed, at + 1) : -1;
    if (next === -1) bytes[length++] = byte;
    at = next === -1 ? at + 1 : next;
  }
  return bytes.subarray(0, length);
}

const equals = 0x3d;

/** Where the next line begins, when nothing but white space is left of this one; else -1. */
function afterSoftBreak(packed: Uint8Array, from: number): number {
  let at = from;
  while (packed[at] === 0x20 || packed[at] === 0x09 || packed[at] === 0x0d) at++;
  if (at >= packed.length) return at;
  return packed[at] === 0x0a ? at + 1 : -1;
}

/** The value of a hexadecimal digit, also in lower case; -1 for anything else. */
function digit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
