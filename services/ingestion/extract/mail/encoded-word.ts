import {isUtf8} from 'node:buffer';
import {decode} from '../characters/encoding.ts';
import {unpackBase64} from './base64.ts';
import {unpackQuotedPrintable} from './quoted-printable.ts';
import type {Writing} from './writing.ts';

/** A stretch of a field: bytes, a character for each, and the encoding that was named for them. */
interface Stretch {
  readonly octets: string;
  /** Null for what stands between encoded words. */
  readonly charset: string | null;
}

/**
 * The text of a field that may hold encoded words (RFC 2047). Words of one encoding are put together before they are
 * decoded, since programs cut them within a letter.
 *
 * @param octets the field, a character for each byte
 * @param writing of bytes beyond ASCII that stand in it as they are
 */
export async function fieldText(octets: string, writing: Writing): Promise<string> {
  const texts: string[] = [];
  for (const {octets: stretch, charset} of stretchesOf(octets))
    texts.push(charset === null ? await rawText(stretch, writing) : await decode(bytesOf(stretch), charset));
  return texts.join('');
}

/** A few words alone hardly tell what they are written in, so more of the mail is read with them. */
async function rawText(octets: string, {charset, sample}: Writing): Promise<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is looked for, but no shifts out of it.
  if (/^[\0-\x1a\x1c-\x7f]*$/.test(octets)) return octets;
  const bytes = bytesOf(octets);
  if (sample.length === 0 || isUtf8(bytes)) return decode(bytes, charset);
  const text = await decode(Buffer.concat([bytes, Buffer.from('\n'), sample]), charset);
  return text.slice(0, text.indexOf('\n'));
}

function bytesOf(octets: string): Buffer {
  return Buffer.from(octets, 'latin1');
}

/** The bytes of a field, its encoded words unpacked; for what is ASCII by its meaning. */
export function fieldOctets(octets: string): string {
  return stretchesOf(octets)
    .map((stretch) => stretch.octets)
    .join('');
}

/** A word's beginning; a language may be named behind its encoding (RFC 2231 section 5). */
const beginning = /=\?([^?*\s]{1,60})(?:\*[^?\s]{0,60})?\?([bq])\?/giy;

function stretchesOf(field: string): Stretch[] {
  const stretches: Stretch[] = [];
  let plainFrom = 0;
  for (let at = field.indexOf('=?'); at !== -1; at = field.indexOf('=?', at)) {
    beginning.lastIndex = at;
    const [opening, charset = '', kind = ''] = beginning.exec(field) ?? [];
    const end = opening === undefined ? -1 : field.indexOf('?=', at + opening.length);
    if (opening === undefined) {
      at += 2;
      continue;
    }
    if (end === -1) break;
    addPlain(stretches, field.slice(plainFrom, at), true);
    addWord(stretches, unpacked(kind, field.slice(at + opening.length, end)), charset.toLowerCase());
    at = end + 2;
    plainFrom = at;
  }
  addPlain(stretches, field.slice(plainFrom), false);
  return stretches;
}

/** White space between two encoded words is not shown. */
function addPlain(stretches: Stretch[], octets: string, isBeforeWord: boolean): void {
  if (octets === '') return;
  const isBetween = isBeforeWord && stretches.at(-1)?.charset !== null && stretches.length > 0;
  if (isBetween && octets.trim() === '') return;
  stretches.push({octets, charset: null});
}

function addWord(stretches: Stretch[], octets: string, charset: string): void {
  const last = stretches.at(-1);
  if (last?.charset === charset) stretches.splice(-1, 1, {octets: last.octets + octets, charset});
  else stretches.push({octets, charset});
}

function unpacked(kind: string, payload: string): string {
  if (/b/i.test(kind)) return unpackBase64(Buffer.from(payload, 'latin1')).toString('latin1');
  return unpackQuotedPrintable(Buffer.from(payload.replaceAll('_', ' '), 'latin1')).toString('latin1');
}
