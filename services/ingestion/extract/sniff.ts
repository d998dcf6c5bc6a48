import {docxMediaType, zipFormat} from './archive/zip.ts';
import {textHead} from './characters/text-head.ts';
import type {Hints} from './extract.ts';
import {beginsAsPage} from './html/begins-as-page.ts';
import {isMail} from './mail/is-mail.ts';
import {isPdf} from './pdf/is-pdf.ts';
import {Unreadable} from './unreadable.ts';

/** The formats that have a reader. */
export type Format = 'pdf' | 'docx' | 'mail' | 'html' | 'text';

export interface Sniffed {
  format: Format;
  contentType: string;
}

/**
 * What a document is, by its bytes. What was declared only decides between formats of text that look alike.
 *
 * Binary formats are known by their signatures, and a text is what has hardly a control character: libraries
 * that know hundreds of signatures know also those of two letters (`BM`, `MZ`) that any letter may begin with.
 *
 * @throws Unreadable empty, encrypted, corrupt or unsupported.
 */
export function sniff(bytes: Uint8Array, hints: Hints): Sniffed {
  if (bytes.length === 0) throw new Unreadable('empty');
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return sniffZip(bytes);
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) throw new Unreadable(compoundFault(bytes));
  if (isMail(bytes, hints)) return {format: 'mail', contentType: 'message/rfc822'};
  if (isPdf(bytes)) return {format: 'pdf', contentType: 'application/pdf'};

  const head = textHead(bytes);
  if (head === null) throw new Unreadable('unsupported');
  return sniffText(head, hints);
}

function sniffZip(bytes: Uint8Array): Sniffed {
  const format = zipFormat(bytes);
  if (format === 'docx') return {format, contentType: docxMediaType};
  throw new Unreadable(format === 'truncated' ? 'corrupt' : 'unsupported');
}

/** A compound file is an old Office document or mail, or the wrapper around an encrypted new one (MS-OFFCRYPTO). */
function compoundFault(bytes: Uint8Array) {
  return latin1(bytes).includes([...'EncryptedPackage'].join('\0')) ? 'encrypted' : 'unsupported';
}

function sniffText(head: string, hints: Hints): Sniffed {
  const beginning = beginsAsPage(head);
  if (beginning === 'page') return html;
  if (/^\s*(\{\\rtf|%!PS|<\?xml)/.test(head)) throw new Unreadable('unsupported');
  if (beginning === 'element') return html;
  if (isHinted(hints, /\.x?html?$/i, 'text/html') && /<[a-z][a-z0-9]*[\s/>]/i.test(head)) return html;
  if (isHinted(hints, /\.(md|markdown)$/i, 'text/markdown'))
    return {format: 'text', contentType: 'text/markdown'};
  if (isHinted(hints, /\.csv$/i, 'text/csv')) return {format: 'text', contentType: 'text/csv'};
  return {format: 'text', contentType: 'text/plain'};
}

const html: Sniffed = {format: 'html', contentType: 'text/html'};

function isHinted(hints: Hints, name: RegExp, mediaType: string): boolean {
  return name.test(hints.filename ?? '') || (hints.contentType ?? '').toLowerCase().startsWith(mediaType);
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  return latin1(bytes.subarray(0, signature.length)) === signature;
}

/** One character per byte. `TextDecoder('latin1')` would give Windows-1252. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
