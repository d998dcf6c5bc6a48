import {decode} from './characters/encoding.ts';
import type {Reader} from './reading.ts';
import {plainReading} from './reading.ts';

/** Reads plain text, Markdown and CSV as they are, in any encoding. */
export const readText: Reader = async (bytes, {contentType}) =>
  plainReading(await decode(bytes, declaredEncoding(contentType)));

function declaredEncoding(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? null;
}
