/** Bytes to text, whatever they were written in. */
import {load} from '../load.ts';

/** How many bytes tell what a text is. */
const sampleBytes = 64 * 1024;

/**
 * Decodes text: by byte order mark, as UTF-16 by its pattern of zero bytes, as UTF-8 where every byte fits,
 * as the declared encoding where that fits, else as the encoding it looks most like.
 *
 * @param declared an encoding's label (WHATWG Encoding §4.2), as the document or its sender gives it.
 */
export async function decode(bytes: Uint8Array, declared: string | null = null): Promise<string> {
  const unicode = unicodeOf(bytes);
  if (unicode) return new TextDecoder(unicode).decode(bytes);
  const japanese = isShiftedJapanese(bytes) ? decodeStrictly(bytes, 'iso-2022-jp') : null;
  if (japanese !== null) return japanese;
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== null) return utf8;
  const known = declared && decodeStrictly(bytes, declared);
  if (known) return known;
  return await decodeLikeliest(bytes);
}

/** UTF-8 or UTF-16 where a byte order mark or zero bytes at every other place say so. */
export function unicodeOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const sample = bytes.subarray(0, sampleBytes);
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / (sample.length / 2));
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  if (even > 0.4 && odd < 0.05) return 'utf-16be';
  return null;
}

/**
 * The beginning of what may be text, to look for signs in; null when it is none. Letters that are not ASCII
 * may be wrong in it.
 */
export function textHead(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, sampleBytes);
  const unicode = unicodeOf(sample);
  // Binary formats have control characters all over; a text may have a few that went astray.
  const head = new TextDecoder(unicode ?? 'latin1').decode(sample);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const controls = head.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return controls > head.length / 200 ? null : head;
}

/** The text, or null where a byte does not fit the encoding or there is no such encoding. */
function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, {fatal: true}).decode(bytes);
  } catch {
    return null;
  }
}

/** ISO-2022-JP is all ASCII, and so would pass for UTF-8; its escape sequences give it away. */
function isShiftedJapanese(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b);
  return at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x40 || bytes[at + 2] === 0x42);
}

/** Thai and Baltic encodings, which the detector does not know. */
const overlooked = ['windows-874', 'windows-1257'];
/** The detector's confidence, of 100, above which it is right. */
const certain = 60;
/** How much more like a language the reading in an overlooked encoding has to look. */
const margin = 1.02;

/** The encoding that the bytes look most like. */
async function decodeLikeliest(bytes: Uint8Array): Promise<string> {
  const {analyse} = await load(() => import('chardet'));
  const [best] = analyse(bytes.subarray(0, sampleBytes));
  const fitting = best ? decodeStrictly(bytes, best.name) : null;
  if (fitting !== null && best?.name === 'ISO-8859-2') {
    return isMixedUp(fitting) ? new TextDecoder('windows-1250').decode(bytes) : fitting;
  }
  if (fitting !== null && best && best.confidence >= certain) return fitting;

  const detected = fitting ?? new TextDecoder('windows-1252').decode(bytes);
  const {likelihood} = await load(() => import('./language.ts'));
  let chosen = {text: detected, score: (await likelihood(detected)) * margin};
  for (const label of overlooked) {
    const text = decodeStrictly(bytes, label);
    const score = text === null ? 0 : await likelihood(text);
    if (text !== null && score > chosen.score) chosen = {text, score};
  }
  return chosen.text;
}

/** Polish has ł, ę and ż and never š or ž: a text with both was written in Windows-1250, where š's byte is ą. */
function isMixedUp(text: string): boolean {
  return /[łęż]/i.test(text) && /[šžťľ]/i.test(text);
}
