/**
 * Unpacks base64 (RFC 2045 section 6.8). What is not of its alphabet is passed over; padding ends a unit, and others
 * may follow, as programs pad each line by itself.
 */
export function unpackBase64(packed: Buffer): Buffer {
  return isInOneUnit(packed) ? Buffer.from(packed.toString('latin1'), 'base64') : unpackedByUnits(packed);
}

/** Whether it has no padding but at its end, and none of the other alphabet, which Node takes for this one, too. */
function isInOneUnit(packed: Buffer): boolean {
  if (packed.includes('-') || packed.includes('_')) return false;
  const padded = packed.indexOf('=');
  return padded === -1 || (packed.length - padded < 10 && /^[=\s]*$/.test(packed.toString('latin1', padded)));
}

function unpackedByUnits(packed: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(Math.ceil((packed.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  for (const byte of packed) {
    const sextet = sextets[byte] ?? none;
    if (sextet === none) continue;
    if (sextet === padding) {
      count = 0;
      continue;
    }
    bits = ((bits << 6) | sextet) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[length++] = (bits >> count) & 0xff;
  }
  return bytes.subarray(0, length);
}

/**
 * Where packed text ends and other text was added behind it, as lists and gateways add a footer to whatever they pass
 * on. The length of it all where nothing was.
 */
export function endOfBase64(packed: Buffer): number {
  let longest = 0;
  let isOver = false;
  for (let at = 0; at < packed.length; ) {
    const newline = packed.indexOf(0x0a, at);
    const next = newline === -1 ? packed.length : newline + 1;
    const line = packed.toString('latin1', at, next).trim();
    if (line !== '') {
      // Some mail servers end what is too long for them with an exclamation mark, and go on in the next line.
      const isPacked = /^[A-Za-z0-9+/]+={0,2} ?!?$/.test(line) && !(isOver && line.length % 4 !== 0);
      if (!isPacked) return resumes(packed, at) ? packed.length : at;
      isOver ||= line.endsWith('=') || line.length < longest;
      longest = Math.max(longest, line.length);
    }
    at = next;
  }
  return packed.length;
}

/** Whether it goes on behind something that got in between. */
function resumes(packed: Buffer, at: number): boolean {
  return /^[A-Za-z0-9+/]{60,}={0,2}\r?$/m.test(packed.toString('latin1', at));
}

const none = 255;
const padding = 254;

const sextets = new Uint8Array(256).fill(none);
for (const [index, letter] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  sextets[letter.charCodeAt(0)] = index;
sextets['='.charCodeAt(0)] = padding;
