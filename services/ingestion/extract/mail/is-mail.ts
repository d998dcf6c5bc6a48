import type {Hints} from '../extract.ts';
import {type Head, readHead, startOfMail} from './head.ts';
import {mailBytes} from './mail-bytes.ts';

/** How much of a document is looked at: a header may be longer, and has said by then whose it is. */
const sampleBytes = 64 * 1024;

/**
 * Whether a document begins with a mail's header: names that a mail system writes, or three of those that people write
 * too. What comes behind the header does not matter: it may be anything.
 */
export function isMail(bytes: Uint8Array, {filename, contentType}: Hints): boolean {
  const sample = mailBytes(bytes.subarray(0, sampleBytes));
  const start = startOfMail(sample);
  const head = readHead(sample, start);
  if (head.fields.length === 0 || hasControls(sample.subarray(start, head.bodyAt))) return false;
  const {written, addressed} = countedIn(head);
  const isHinted = /\.eml$/i.test(filename ?? '') || /^message\/rfc822\b/i.test(contentType ?? '');
  // Prose may begin like a header; a header that has lines like prose has more of its own.
  if (head.strays > 0) return addressed > 0 && (written > 1 || (isHinted && addressed > 2));
  return isHinted ? written + addressed > 0 : (written > 0 && addressed > 0) || addressed > 2;
}

/** How many of the fields a mail system writes, and how many people do. */
function countedIn({fields}: Head): {written: number; addressed: number} {
  const isAddressed = fields.some(({name, value}) => addresses.has(name) && value.includes('@'));
  let written = 0;
  let addressed = 0;
  for (const {name} of fields) {
    if (systemFields.has(name) || (isAddressed && name.startsWith('x-'))) written++;
    if (peopleFields.has(name)) addressed++;
  }
  return {written, addressed};
}

const systemFields = new Set(
  (
    'received message-id mime-version return-path delivered-to envelope-to x-mailer user-agent content-type ' +
    'content-transfer-encoding dkim-signature arc-seal authentication-results received-spf in-reply-to references ' +
    'thread-index thread-topic list-id list-unsubscribe'
  ).split(' '),
);
const peopleFields = new Set('from to cc subject date reply-to sender'.split(' '));
const addresses = new Set('from to reply-to sender'.split(' '));

/** Whether a header has more characters that nobody writes than may have gone astray. */
function hasControls(head: Buffer): boolean {
  const controls = head.reduce(
    (count, byte) => count + Number(byte < 0x09 || (byte > 0x0d && byte < 0x20)),
    0,
  );
  return controls > head.length / 50;
}
