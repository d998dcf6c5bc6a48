/** Mails that Outlook has packed for other Outlooks. */
import test from 'ava';
import {Inflated} from '../../../services/ingestion/extract/archive/inflated.ts';
import {unpackRtf} from '../../../services/ingestion/extract/mail/rtf-packed.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {Unreadable} from '../../../services/ingestion/extract/unreadable.ts';
import {attachedTo, enclosedIn, mail, multipart, part, textIn} from './mail-making.ts';
import {noHints} from './making.ts';

const short = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const word = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

/** An attribute, with a checksum that nobody checks. */
const attribute = (id: number, data: Buffer, level = 1) =>
  Buffer.concat([Buffer.of(level), word(id), word(data.length), data, short(0)]);

const padded = (data: Buffer) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);

type Property = readonly [type: number, id: number, data: Buffer];

/** Properties, each of a type that says its length, between others that are passed over. */
function properties(...list: readonly Property[]): Buffer {
  const number = Buffer.concat([short(0x03), short(0x0e07), word(1)]);
  const time = Buffer.concat([short(0x40), short(0x0e06), Buffer.alloc(8)]);
  const name = padded(Buffer.from('named\0', 'utf16le'));
  const named = Buffer.concat([
    short(0x1e),
    short(0x8001),
    Buffer.alloc(16),
    word(1),
    word(12),
    name,
    word(1),
    word(2),
    padded(Buffer.from('x\0')),
  ]);
  const many = Buffer.concat([short(0x1003), short(0x1234), word(2), word(7), word(8)]);
  const values = list.map(([type, id, data]) =>
    Buffer.concat([short(type), short(id), word(1), word(data.length), padded(data)]),
  );
  return Buffer.concat([word(values.length + 4), number, time, named, many, ...values]);
}

const file = (title: string, data: Buffer, longName?: string) =>
  Buffer.concat([
    attribute(0x00069002, Buffer.alloc(14), 2),
    attribute(0x00018010, Buffer.from(`${title}\0`), 2),
    attribute(0x0006800f, data, 2),
    longName === undefined
      ? Buffer.alloc(0)
      : attribute(0x00069005, properties([0x1f, 0x3707, Buffer.from(`${longName}\0`, 'utf16le')]), 2),
  ]);

const tnef = (...attributes: readonly Buffer[]) => Buffer.concat([word(0x223e9f78), short(1), ...attributes]);
const letterOf = (...list: readonly Property[]) => attribute(0x00069003, properties(...list));
const winmail = (bytes: Buffer, type = 'application/ms-tnef; name=winmail.dat') =>
  part(type, bytes.toString('base64'), 'Content-Transfer-Encoding: base64');
const alone = (bytes: Buffer) =>
  mail(['Content-Type: application/ms-tnef', 'Content-Transfer-Encoding: base64'], bytes.toString('base64'));

const note = Buffer.from('My card was charged twice.');

test('what Outlook has packed is attached, by its full name', async (t) => {
  const packed = tnef(
    letterOf([0x1f, 0x1000, Buffer.from('Dear Sir.\0', 'utf16le')]),
    file('NOTE~1.TXT', note, 'Größe.txt'),
    file('b.txt', Buffer.from('b')),
  );
  for (const type of [
    'application/ms-tnef',
    'application/vnd.ms-tnef',
    'application/octet-stream; name=winmail.dat',
  ]) {
    const bytes = multipart('mixed', part('text/plain', 'Dear Sir.'), winmail(packed, type));
    t.is(await textIn(bytes), 'Dear Sir.', type);
    t.deepEqual(await attachedTo(bytes), ['Größe.txt', 'b.txt'], type);
    t.deepEqual(Buffer.from(enclosedIn(await read(bytes, noHints))[0]?.bytes ?? []), note);
  }
});

test('the letter in it is read where it stands nowhere else, in whichever form it is', async (t) => {
  const rtf = Buffer.from('{\\rtf1\\ansi Dear Sir.\\par Bye.}');
  const packedRtf = Buffer.concat([
    word(rtf.length + 12),
    word(rtf.length),
    Buffer.from('MELA'),
    word(0),
    rtf,
  ]);
  for (const packed of [
    letterOf([0x1f, 0x1000, Buffer.from('Dear Sir.\nBye.\0', 'utf16le')]),
    letterOf([0x1e, 0x1000, Buffer.from('Dear Sir.\nBye.\0')]),
    letterOf([0x102, 0x1013, Buffer.from('<p>Dear Sir.<p hidden>x<p>Bye.')]),
    letterOf([0x102, 0x1009, packedRtf]),
    attribute(0x0002800c, Buffer.from('Dear Sir.\r\nBye.\0')),
  ])
    t.regex(await textIn(alone(tnef(packed))), /^Dear Sir\.\s+Bye\.$/);
});

test('RTF is unpacked, with what refers to itself', (t) => {
  // The examples of MS-OXRTFCP, section 3.
  const unpacked = (hex: string) =>
    unpackRtf(Buffer.from(hex.replaceAll(' ', ''), 'hex'), new Inflated(100)).toString('latin1');

  t.is(
    unpacked(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
    ),
    '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
  );
  t.is(
    unpacked('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0'),
    '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}',
  );
});

test('what is cut off is read as far as it is there, and what is none is attached', async (t) => {
  const whole = tnef(
    letterOf([0x1f, 0x1000, Buffer.from('Dear Sir.\0', 'utf16le')]),
    file('a.txt', note, 'a.txt'),
  );
  for (let length = 6; length < whole.length; length += 5)
    t.is(
      await textIn(multipart('mixed', part('text/plain', 'Hello.'), winmail(whole.subarray(0, length)))),
      'Hello.',
      `${length}`,
    );
  t.deepEqual(
    await attachedTo(multipart('mixed', part('text/plain', 'Hello.'), winmail(Buffer.from('none')))),
    ['winmail.dat'],
  );
});

test('RTF that unpacks to too much is refused', (t) => {
  // Each run is eight references of 16 bytes, none of them to where it writes, which would be the end.
  const run = Buffer.concat([Buffer.of(0xff), ...Array.from({length: 8}, () => Buffer.of(0x00, 0x0e))]);
  const runs = Buffer.concat(Array.from({length: 100_000}, () => run));
  const packed = Buffer.concat([word(runs.length + 12), word(0), Buffer.from('LZFu'), word(0), runs]);

  const error = t.throws(() => unpackRtf(packed, new Inflated(1)), {instanceOf: Unreadable});

  t.is(error?.reason, 'too-large');
});
