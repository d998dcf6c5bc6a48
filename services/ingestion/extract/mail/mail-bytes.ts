import {unicodeOf} from '../characters/unicode.ts';

/** How many bytes tell what a header is written in: more of them may be of another kind already. */
const sampleBytes = 32;

/** The bytes that a mail is made of: one that somebody saved in UTF-16 has them as characters. */
export function mailBytes(document: Uint8Array): Buffer {
  const unicode = unicodeOf(document.subarray(0, sampleBytes));
  if (unicode === 'utf-16le' || unicode === 'utf-16be')
    return Buffer.from(new TextDecoder(unicode).decode(document));
  return Buffer.from(document.buffer, document.byteOffset, document.byteLength);
}
