import type {Inflated} from '../archive/inflated.ts';
import {decode} from '../characters/encoding.ts';
import {declaredEncoding} from '../html/declared-encoding.ts';
import {htmlText} from '../html/html.ts';
import {rtfText} from '../word/rtf-text.ts';
import {unpackRtf} from './rtf-packed.ts';
import type {Tnef} from './tnef.ts';

/**
 * The letter that Outlook has packed: its text, or the page or RTF that it is written as.
 *
 * @param inflated counts what is unpacked.
 * @throws Unreadable too-large
 */
export async function packedText({text, html, rtf}: Tnef, inflated: Inflated): Promise<string> {
  if (text.trim() !== '') return text;
  if (html !== undefined)
    return htmlText(await decode(html, declaredEncoding(html)), {runsScripts: false}).text;
  return rtf === undefined ? '' : rtfText(unpackRtf(rtf, inflated));
}
