import {textHead} from '../characters/text-head.ts';

/**
 * Whether bytes are a PDF. Its readers look for its mark in the first 1,024 bytes, since mails and web servers leave lines
 * before it (ISO 32000-1 annex H, note 13); a letter may speak of the mark, but then no object comes behind it.
 */
export function isPdf(bytes: Uint8Array): boolean {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const beginning = source.toString('latin1', 0, markWithin);
  const at = beginning.search(/%PDF-\d/);
  if (at === -1) return false;
  const behind = source.toString('latin1', at, at + objectWithin);
  if (/\b\d{1,10}\s{1,10}\d{1,5}\s{1,10}obj\b/.test(behind)) return true;
  return beginning.slice(0, at).trim() === '' && !isProse(bytes);
}

const markWithin = 1024;
const objectWithin = 64 * 1024;

/** Whether someone wrote sentences: a PDF that was cut off has no more than its first lines. */
function isProse(bytes: Uint8Array): boolean {
  const words = textHead(bytes)?.match(/\p{L}{2,}/gu) ?? [];
  return words.length >= fewestWords;
}

const fewestWords = 8;
