import type {ZipEntry} from '../archive/zip.ts';
import {readHtml} from '../html/html.ts';
import {readMail} from '../mail/mail.ts';
import {sniff} from '../sniff.ts';
import {readText} from '../text.ts';
import {isOfSystem, Unreadable} from '../unreadable.ts';
import type {Package} from './package.ts';
import {rtfText} from './rtf-text.ts';

/**
 * The text of a document that stands in a Word document (ECMA-376 part 1 §11.3.1): a page, a page with its pictures in
 * a mail (MHT), another Word document, RTF or plain text. One that can't be read has none: what is around it is still
 * read.
 *
 * @param readWord reads the Word documents among them.
 * @throws Unreadable too-large.
 */
export async function chunkText(
  entry: ZipEntry,
  {unpack, typeOf}: Package,
  readWord: (bytes: Uint8Array) => Promise<string>,
): Promise<string> {
  try {
    const pieces: Uint8Array[] = [];
    unpack(entry, (bytes) => pieces.push(bytes.slice()));
    return await textOf(Buffer.concat(pieces), {filename: entry.name, contentType: typeOf(entry)}, readWord);
  } catch (error) {
    const isLimit = error instanceof Unreadable && error.reason === 'too-large';
    if (isLimit || isOfSystem(error) || error instanceof RangeError) throw error;
    return '';
  }
}

interface Declared {
  filename: string;
  contentType: string;
}

/** Reads a document by its bytes, and by what it was declared to be where those may be several things. */
async function textOf(
  bytes: Uint8Array,
  declared: Declared,
  readWord: (bytes: Uint8Array) => Promise<string>,
): Promise<string> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).trimStart();
  if (head.startsWith('{\\rtf')) return rtfText(bytes);
  if (isMessage(head, declared)) return (await readMail(bytes, declared)).text;
  if (isPage(head, declared)) return (await readHtml(bytes, declared)).text;
  const {format} = sniff(bytes, declared);
  if (format === 'docx') return await readWord(bytes);
  if (format === 'html') return (await readHtml(bytes, declared)).text;
  return format === 'text' ? (await readText(bytes, declared)).text : '';
}

/** Whether it begins as a message does; one that holds a page need be from nobody. */
function isMessage(head: string, {filename, contentType}: Declared): boolean {
  if (/^(mime-version|content-type|content-location)[ \t]{0,9}:/i.test(head)) return true;
  const isDeclared =
    /^(message|multipart)\/|mhtml|mimearchive/i.test(contentType) || /\.(mht|mhtml|eml)$/i.test(filename);
  return isDeclared && /^[!-9;-~]{1,100}[ \t]{0,9}:/.test(head);
}

function isPage(head: string, {filename, contentType}: Declared): boolean {
  const isDeclared = /^(text\/html|application\/xhtml)/i.test(contentType) || /\.x?html?$/i.test(filename);
  return isDeclared && !head.startsWith('PK\x03\x04');
}
