/** Bytes to text, whatever they were written in. */
import {decodeStrictly} from './decode-strictly.ts';
import {decodeLikeliest} from './likeliest.ts';
import {decodeSevenBit} from './seven-bit.ts';
import {decodeDamagedUtf8, unicodeOf} from './unicode.ts';

/**
 * Decodes text: by byte order mark, as UTF-16 by what it yields, as UTF-8 where every byte fits or nearly every one does,
 * as the declared encoding where that fits and was not just what a program writes for want of a better, else as the
 * encoding it looks most like.
 *
 * @param declared an encoding's label (WHATWG Encoding §4.2), as the document or its sender gives it
 */
export async function decode(bytes: Uint8Array, declared: string | null = null): Promise<string> {
  const unicode = unicodeOf(bytes);
  if (unicode) return new TextDecoder(unicode).decode(bytes);
  const sevenBit = decodeSevenBit(bytes, declared);
  if (sevenBit !== null) return sevenBit;
  const label = declared === null ? null : canonical(declared);
  const utf8 = decodeStrictly(bytes, 'utf-8') ?? decodeDamagedUtf8(bytes, label === 'utf-8');
  if (utf8 !== null) return utf8;
  if (label === null || label === 'utf-8') return await decodeLikeliest(bytes);
  if (label === 'windows-1252') return await decodeLikeliest(bytes, [label]);
  return decodeStrictly(bytes, label) ?? decodeNearly(bytes, label) ?? (await decodeLikeliest(bytes));
}

/** What programs call encodings that the standard has no such label for. */
const aliases: Readonly<Record<string, string>> = {
  chinesebig5: 'big5',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  macroman: 'macintosh',
  utf8mb4: 'utf-8',
};

/** The standard's own name: `us-ascii`, `latin1` and `iso-8859-1` are `windows-1252`. Null: there is no such encoding. */
function canonical(declared: string): string | null {
  const label = declared.trim().toLowerCase();
  try {
    return new TextDecoder(aliases[label] ?? label).encoding;
  } catch {
    return null;
  }
}

/** What fits the declared encoding but for a few bytes, which were damaged on the way. */
function decodeNearly(bytes: Uint8Array, label: string): string | null {
  const text = new TextDecoder(label).decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const foreign = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return broken * 20 <= foreign ? text : null;
}
