import {decode} from '../characters/encoding.ts';
import {beginsAsPage} from '../html/begins-as-page.ts';
import {declaredEncoding} from '../html/declared-encoding.ts';
import {htmlText} from '../html/html.ts';
import {isEncrypted, withoutSignature} from './armor.ts';
import type {Entity} from './entity.ts';
import {unflowed} from './flowed.ts';
import {parameterOf} from './parameters.ts';
import {unpackedText} from './transfer.ts';
import {type UuencodedFile, withoutUuencoded} from './uuencode.ts';

/** A text of a mail as it is seen. */
export interface TextPart {
  readonly text: string;
  readonly isPlain: boolean;
  readonly isEncrypted: boolean;
  /** The ids of the parts that it shows or names (RFC 2392). */
  readonly shown: readonly string[];
  /** Files that stood in the text. */
  readonly files: readonly UuencodedFile[];
}

/** Reads a text by its own type and encoding. What was added behind it unpacked is plain text of its own. */
export async function readTextPart(entity: Entity): Promise<TextPart> {
  const {text, added} = unpackedText(entity.body, entity.encoding);
  const read = isHtml(entity, text) ? await readHtml(entity, text) : await readPlain(entity, text);
  const footer = added === null ? '' : await decode(added);
  return {
    ...read,
    isEncrypted: isEncrypted(read.text),
    text: footer.trim() === '' ? read.text : `${read.text}\n\n${footer}`,
  };
}

type Read = Omit<TextPart, 'isEncrypted'>;

async function readPlain(entity: Entity, packed: Buffer): Promise<Read> {
  const {text, files} = withoutUuencoded(packed);
  const decoded = await decode(text, charsetOf(entity, text));
  const isFlowed = parameterIs(entity, 'format', 'flowed');
  const lines = isFlowed ? unflowed(decoded, parameterIs(entity, 'delsp', 'yes')) : decoded;
  return {text: withoutSignature(lines), isPlain: true, shown: [], files};
}

async function readHtml(entity: Entity, bytes: Buffer): Promise<Read> {
  const source = await decode(bytes, charsetOf(entity, bytes));
  const shown = [...source.matchAll(/\bcid:([^"'\s<>)]{1,500})/gi)].map(([, id = '']) => unescaped(id));
  // Some programs call any text HTML; its lines are lines.
  if (!/<[a-z!/]/i.test(source)) return {text: source, isPlain: true, shown, files: []};
  // No program for mail runs scripts.
  return {text: htmlText(source, {runsScripts: false}).text, isPlain: false, shown, files: []};
}

/** HTML and what is written like it; some programs send it as plain text. */
function isHtml({type}: Entity, text: Buffer): boolean {
  if (/^(?:text\/(?:html|enriched|richtext)|application\/xhtml\+xml)$/.test(type)) return true;
  return beginsAsPage(text.toString('latin1', 0, 4096).replace(/^\u00ef\u00bb\u00bf/, '')) !== null;
}

/** The encoding that a text's own header declares, or else a page itself (HTML, section 4.2.5.4); null for none. */
export function charsetOf({type, typeField}: Entity, text: Buffer): string | null {
  const declared = /[\w.:+-]{1,60}/.exec(parameterOf(typeField, 'charset')?.octets ?? '')?.[0];
  if (declared !== undefined || type !== 'text/html') return declared ?? null;
  return declaredEncoding(text);
}

function parameterIs({typeField}: Entity, name: string, value: string): boolean {
  return typeField.parameters.get(name)?.toLowerCase() === value;
}

function unescaped(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
