import {isUtf8} from 'node:buffer';
import {load} from './load.ts';

/** What is asked for a signature: the longest of them lie within. */
const headBytes = 4100;

/** Types whose signature is two bytes or less than that, which a letter may begin with, such as `BM` and `MZ`. */
const hardlySigned = new Set([
  'image/bmp',
  'application/x-msdownload',
  'application/x-compress',
  'audio/mpeg',
  'audio/aac',
]);

/**
 * Whether bytes that might pass for text in some old encoding are a picture, a sound or another binary format.
 * What is whole UTF-8 is text, and the library that knows the signatures is not even loaded.
 */
export async function isKnownBinary(bytes: Uint8Array): Promise<boolean> {
  if (isUtf8(bytes) || hasByteOrderMark(bytes)) return false;
  const {fileTypeFromBuffer} = await load(() => import('file-type'));
  const known = await fileTypeFromBuffer(bytes.subarray(0, headBytes));
  return known !== undefined && !hardlySigned.has(known.mime);
}

function hasByteOrderMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
