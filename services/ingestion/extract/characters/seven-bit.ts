/**
 * Encodings that say letters of other writings in ASCII, and that web browsers read no longer (WHATWG Encoding §14.1):
 * mails and exports of the nineties are in them. All of these bytes would pass for UTF-8.
 */

/** The byte that escape sequences begin with. */
const esc = 0x1b;

/** Decodes what is in one of these by its escape sequences, or by its name; null where it is in none. */
export function decodeSevenBit(bytes: Uint8Array, declared: string | null): string | null {
  const name = declared?.toLowerCase() ?? '';
  if (/^(unicode-1-1-)?utf-?7$/.test(name)) return decodeUtf7(bytes);
  if (/^hz(-gb-2312)?$/.test(name)) return decodeHz(bytes);
  switch (escapeIn(bytes)) {
    case null:
      return null;
    case '$)C':
      return decodeShifted(bytes, 'euc-kr');
    case '$)A':
      return decodeShifted(bytes, 'gbk');
    default:
      return decodeJapanese(bytes);
  }
}

/** Whether bytes switch to other letters by an escape sequence, so that SO and SI are no control characters in them. */
export function isShifted(bytes: Uint8Array): boolean {
  return escapeIn(bytes)?.startsWith('$)') ?? false;
}

/**
 * What follows the first ESC that begins one: `$@`, `$B` (ISO-2022-JP, RFC 1468), `$)C` (ISO-2022-KR, RFC 1557), `$)A`
 * (ISO-2022-CN, RFC 1922).
 */
function escapeIn(bytes: Uint8Array): string | null {
  for (let at = bytes.indexOf(esc); at >= 0; at = bytes.indexOf(esc, at + 1)) {
    const found = /^\$(?:[@B]|\)[AC])/.exec(String.fromCharCode(...bytes.subarray(at + 1, at + 4)));
    if (found) return found[0];
  }
  return null;
}

/**
 * The standard's decoder takes an escape sequence with nothing behind it for an error (WHATWG Encoding §12.2.1); words of
 * a mail's header that were put together have one at each seam.
 */
function decodeJapanese(bytes: Uint8Array): string {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === esc && bytes[at + 3] === esc && isEscapeOfThree(bytes, at)) at += 2;
    else kept[length++] = bytes[at] ?? 0;
  }
  return decodeWith('iso-2022-jp', kept.subarray(0, length));
}

function isEscapeOfThree(bytes: Uint8Array, at: number): boolean {
  return /^(?:\([BJI]|\$[@B])$/.test(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0));
}

/** What stands between SO and SI is the double-byte set with its eighth bits taken away; escapes are dropped. */
function decodeShifted(bytes: Uint8Array, label: string): string {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  let isOut = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === esc && bytes[at + 1] === 0x24) at += bytes[at + 2] === 0x29 ? 3 : 2;
    else if (byte === 0x0e) isOut = true;
    else if (byte === 0x0f) isOut = false;
    // A line that ends ends the shift (RFC 1922 §2), and so does white space, which no set has.
    else {
      if (byte === 0x0a) isOut = false;
      plain[length++] = isOut && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
    }
  }
  return decodeWith(label, plain.subarray(0, length));
}

/** HZ (RFC 1843): `~{` begins GB 2312 without its eighth bits, `~}` ends it, `~~` is a tilde. */
function decodeHz(bytes: Uint8Array): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return source.replaceAll(/~\{([^~]*)~\}|~~|~\r?\n/g, (found, chinese: string | undefined) => {
    if (chinese === undefined) return found === '~~' ? '~' : '';
    return decodeWith(
      'gbk',
      Uint8Array.from(chinese, (letter) => letter.charCodeAt(0) | 0x80),
    );
  });
}

/** UTF-7 (RFC 2152): `+` and `-` hold UTF-16 in Base64 without padding, `+-` is a plus. */
function decodeUtf7(bytes: Uint8Array): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return source.replaceAll(/\+([A-Za-z0-9+/]*)-?/g, (found, packed: string) => {
    if (packed === '') return found === '+-' ? '+' : found;
    const units = Buffer.from(packed, 'base64');
    return decodeWith('utf-16be', units.subarray(0, units.length - (units.length % 2)));
  });
}

function decodeWith(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label).decode(bytes);
}
