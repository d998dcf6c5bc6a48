import {decode} from '../characters/encoding.ts';
import {normalizeLine} from '../characters/normalize.ts';
import type {Attachment, Sender} from '../extract.ts';
import {limits} from '../limits.ts';
import type {Reader} from '../reading.ts';
import {sniff} from '../sniff.ts';
import {Unreadable} from '../unreadable.ts';
import {correspondenceOf} from './correspondence.ts';
import {fieldText} from './encoded-word.ts';
import {Budget, type Entity, mailOf} from './entity.ts';
import {firstOf} from './head.ts';
import {type Enclosed, letterOf} from './letter.ts';
import {machineOf} from './machine.ts';
import {mailBytes} from './mail-bytes.ts';
import {mailsIn} from './mail-folder.ts';
import {mailboxOf} from './mailbox.ts';
import {type Writing, writingOf} from './writing.ts';

/** Reads mails (RFC 5322, MIME): what their readers see of them, and whatever is attached. */
export const readMail: Reader = async (bytes) => {
  const {mail, text, writing, attachments} = await opened(bytes);
  await countWithin(attachments);
  const title = await titleOf(mail, writing);
  const sender = await senderOf(mail, writing);
  return {
    title,
    sender,
    correspondence: correspondenceOf(mail.head),
    machine: machineOf({mail, title, address: sender?.address ?? null, text}),
    text,
    pages: null,
    pagesRead: null,
    // They are handed on without the mail that they are views on.
    attachments: attachments.map((attachment) => ({...attachment, bytes: new Uint8Array(attachment.bytes)})),
  };
};

/** A mail and what is in it; of a folder of mails the first, and what is in all. */
interface Opened {
  readonly mail: Entity;
  readonly text: string;
  readonly writing: Writing;
  readonly attachments: Attachment[];
}

async function opened(bytes: Uint8Array): Promise<Opened> {
  const budget = new Budget(bytes.length);
  const [first, ...others] = mailsIn(mailBytes(bytes));
  const mail = mailOf(first, budget);
  const {text, enclosed} = await letterOf([mail, ...others.map((other) => mailOf(other, budget))], budget);
  const writing = writingOf(mail);
  const attachments = await Promise.all(enclosed.map((document) => attachmentOf(document, writing)));
  return {mail, text, writing, attachments};
}

/** Counts all documents in a mail, at whatever depth: each mail in it will be read, and then those in that. */
async function countWithin(attachments: readonly Attachment[], counted = 0): Promise<number> {
  let count = counted + attachments.length;
  if (count > limits.attachments) throw new Unreadable('too-large');
  for (const attachment of attachments)
    if (isMail(attachment)) count = await countWithin(await attachedTo(attachment), count);
  return count;
}

function isMail({bytes, filename, contentType}: Attachment): boolean {
  try {
    return sniff(bytes, {filename, contentType}).format === 'mail';
  } catch {
    return false;
  }
}

/** Nothing is attached to a mail that can't be read. */
async function attachedTo({bytes}: Attachment): Promise<Attachment[]> {
  try {
    return (await opened(bytes)).attachments;
  } catch (error) {
    if (error instanceof Unreadable && error.reason !== 'too-large') return [];
    throw error;
  }
}

/** How much of a subject is decoded; less of it is kept. */
const longestField = 20_000;

async function titleOf({head}: Entity, writing: Writing): Promise<string | null> {
  const subject = firstOf(head, 'subject');
  return subject === null ? null : fieldText(subject.slice(0, longestField), writing);
}

/** Who wrote a mail, or who is to be answered where it does not say. */
async function senderOf({head}: Entity, writing: Writing): Promise<Sender | null> {
  for (const name of ['from', 'sender', 'reply-to']) {
    const sender = await mailboxOf(firstOf(head, name) ?? '', writing);
    if (sender) return sender;
  }
  return null;
}

async function attachmentOf({name, type, bytes}: Enclosed, writing: Writing): Promise<Attachment> {
  const isMediaType = /^[a-z0-9!#$&^_.+-]{1,63}\/[a-z0-9!#$&^_.+-]{1,127}$/.test(type);
  const octets = name?.octets.slice(0, longestField) ?? '';
  const filename =
    name?.isExtended === true
      ? await decode(Buffer.from(octets, 'latin1'), name.charset)
      : await fieldText(octets, writing);
  return {
    filename: normalizeLine(filename.split(/[/\\]/).at(-1)),
    contentType: isMediaType ? type : 'application/octet-stream',
    bytes,
  };
}
