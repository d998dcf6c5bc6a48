import PostalMime, {type Address, type Email, type Attachment as Part} from 'postal-mime';
import {decode} from '../characters/encoding.ts';
import {normalizeLine} from '../characters/normalize.ts';
import type {Attachment, Sender} from '../extract.ts';
import {htmlText} from '../html/html.ts';
import {limits} from '../limits.ts';
import type {Reader} from '../reading.ts';
import {sniff} from '../sniff.ts';
import {Unreadable} from '../unreadable.ts';
import {withJoinedBlobs} from './joined-blob.ts';

/** Reads mails (RFC 5322, MIME): the plain text of one that has both, and whatever is attached. */
export const readMail: Reader = async (bytes) => {
  if (countParts(bytes) > limits.mailParts) throw new Unreadable('too-large');
  const email = await parse(bytes);
  const attachments = attachedTo(email);
  await countWithin(attachments);
  return {
    title: email.subject ?? null,
    sender: senderOf(email.from ?? email.sender),
    text: bodyOf(email),
    pages: null,
    pagesRead: null,
    attachments,
  };
};

/** Counts all documents in a mail, at whatever depth: each mail in it will be read, and then those in that. */
async function countWithin(attachments: readonly Attachment[], counted = 0): Promise<number> {
  let count = counted + attachments.length;
  if (count > limits.attachments) throw new Unreadable('too-large');
  for (const attachment of attachments) {
    if (!isMail(attachment)) continue;
    if (countParts(attachment.bytes) > limits.mailParts) throw new Unreadable('too-large');
    count = await countWithin(attachedTo(await parseAs(attachment.bytes)), count);
  }
  return count;
}

function isMail({bytes, filename, contentType}: Attachment): boolean {
  try {
    return sniff(bytes, {filename, contentType}).format === 'mail';
  } catch {
    return false;
  }
}

function attachedTo({attachments}: Email): Attachment[] {
  // An image that the HTML shows is its decoration: a logo in a signature, a tracking dot.
  const isDecoration = ({related, mimeType}: Part) => related && mimeType.startsWith('image/');
  return attachments.filter((part) => !isDecoration(part)).map(attachmentOf);
}

async function parse(bytes: Uint8Array): Promise<Email> {
  const email = await parseAs(bytes);
  if (lost(email) === 0) return email;
  // 8-bit text that does not say what it is written in: all of the mail is written as UTF-8 and read again.
  const readable = await parseAs(new TextEncoder().encode(await decode(bytes)));
  return lost(readable) < lost(email) ? {...readable, attachments: email.attachments} : email;
}

async function parseAs(bytes: Uint8Array): Promise<Email> {
  try {
    return await withJoinedBlobs(() => PostalMime.parse(bytes, {maxNestingDepth: limits.mailDepth}));
  } catch (cause) {
    // The parser has no other errors than those of its limits: any bytes are a mail to it.
    throw new Unreadable('too-large', {cause});
  }
}

function lost({text = '', html = '', subject = ''}: Email): number {
  return [text, html, subject].join('').split('\ufffd').length - 1;
}

/** How many parts a mail has, or a little more: lines that begin with one of its boundaries. */
function countParts(bytes: Uint8Array): number {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const boundaries = new Set<string>();
  for (const [, boundary] of source.matchAll(/\bboundary\s{0,9}=\s{0,9}"?([^"\s;]{1,100})/gi)) {
    if (boundary) boundaries.add(boundary);
    if (boundaries.size > limits.mailParts) return boundaries.size;
  }
  let count = 0;
  for (const [, line] of source.matchAll(/^--([^\s]{1,100})/gm)) if (line && boundaries.has(line)) count++;
  return count;
}

function bodyOf({text, html}: Email): string {
  if (text?.trim()) return text;
  return html ? htmlText(html).text : '';
}

function senderOf(from: Address | undefined): Sender | null {
  if (!from) return null;
  return {name: from.name, address: from.address ?? null};
}

function attachmentOf({filename, mimeType, content}: Part): Attachment {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const isMediaType = /^[a-z0-9!#$&^_.+-]{1,63}\/[a-z0-9!#$&^_.+-]{1,127}$/.test(mimeType);
  return {
    filename: normalizeLine(filename),
    contentType: isMediaType ? mimeType : 'application/octet-stream',
    bytes,
  };
}
