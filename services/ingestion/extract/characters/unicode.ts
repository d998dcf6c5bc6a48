/** Unicode without a word about it: by its marks, its zero bytes, or by what it yields. */

/** How many bytes tell what a text is. */
const sampleBytes = 64 * 1024;

export type UnicodeForm = 'utf-8' | 'utf-16le' | 'utf-16be';

/** UTF-8 or UTF-16 where a byte order mark, zero bytes at every other place or the letters themselves say so. */
export function unicodeOf(bytes: Uint8Array): UnicodeForm | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, sampleBytes);
  return byZeros(sample) ?? byLetters(sample);
}

/** Latin letters are a zero byte and an ASCII one. */
function byZeros(sample: Uint8Array): UnicodeForm | null {
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / (sample.length / 2));
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  if (even > 0.4 && odd < 0.05) return 'utf-16be';
  return null;
}

/**
 * Other writings have few zero bytes in UTF-16, and control characters all over where they are taken for something else.
 * They are known by what comes out: letters of one writing alone, whole pairs of surrogates, nothing unassigned.
 */
function byLetters(sample: Uint8Array): UnicodeForm | null {
  if (sample.length < 8 || controlsIn(sample) < sample.length / 100) return null;
  const even = sample.subarray(0, sample.length - (sample.length % 2));
  return formsOf(even).find((form) => isOfOneWriting(new TextDecoder(form).decode(even))) ?? null;
}

/** The likelier form first: the bytes that say which writing it is are fewer than those that say which letter. */
function formsOf(sample: Uint8Array): UnicodeForm[] {
  const different = [new Set<number>(), new Set<number>()];
  for (const [index, byte] of sample.entries()) different[index % 2]?.add(byte);
  const [even = 0, odd = 0] = different.map(({size}) => size);
  return even < odd ? ['utf-16be', 'utf-16le'] : ['utf-16le', 'utf-16be'];
}

function controlsIn(sample: Uint8Array): number {
  let count = 0;
  for (const byte of sample) if (byte < 0x20 && !usual.has(byte)) count++;
  return count;
}

/** Tab, line feed and return, and what switches to other letters in ISO-2022: SO, SI and ESC. */
const usual = new Set([0x09, 0x0a, 0x0d, 0x0e, 0x0f, 0x1b]);

function isOfOneWriting(text: string): boolean {
  // The last unit may be half of a pair that the sample was cut in.
  const whole = text.slice(0, -1);
  if (!whole.isWellFormed() || /[\p{Co}\p{Cn}\ufffd]|(?![\t\n\f\r])\p{Cc}/u.test(whole)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const most = Math.max(...writings.map((writing) => text.match(writing)?.length ?? 0));
  return letters > text.length / 2 && most > letters * 0.8;
}

const writings = [
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/gu,
  /\p{Script=Hangul}/gu,
  /\p{Script=Cyrillic}/gu,
  /\p{Script=Greek}/gu,
  /\p{Script=Hebrew}/gu,
  /\p{Script=Arabic}/gu,
  /\p{Script=Thai}/gu,
  /\p{Script=Devanagari}/gu,
];

/**
 * What was written in UTF-8 and damaged since: its letters of several bytes are whole but for a few. A broken one is
 * U+FFFD; one that the end of the text cuts is left out. Null where the bytes are something else.
 *
 * @param isDeclared whether its writer says that it is UTF-8: then as many letters may be broken as whole, as by chance
 * hardly any is.
 */
export function decodeDamagedUtf8(bytes: Uint8Array, isDeclared: boolean): string | null {
  const text = new TextDecoder('utf-8', {ignoreBOM: true}).decode(withoutCutLetter(bytes));
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/(?!\ufffd)\P{ASCII}/gu)?.length ?? 0;
  return whole > 0 && broken * (isDeclared ? 1 : 4) <= whole ? text : null;
}

/** Without the beginning of a letter, of at most three bytes, that the end cuts off. */
function withoutCutLetter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc2) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}
