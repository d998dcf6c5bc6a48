/** Mails that programs write otherwise than the standards say. */
import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {attachedTo, mail, multipart, part, textIn} from './mail-making.ts';
import {noHints} from './making.ts';

const letter = 'Dear Sir or Madam, please refund the second charge.';
const paper = part('application/pdf; name=a.pdf', 'JVBERi0=', 'Content-Transfer-Encoding: base64');
const parts = (boundary: string) =>
  `--${boundary}\r\n${part('text/plain', letter)}\r\n--${boundary}\r\n${paper}\r\n--${boundary}--\r\n`;

test('a mail may have empty lines, a byte order mark or a line of a mailbox before its header', async (t) => {
  const usual = multipart('mixed', part('text/plain', letter), paper).toString('latin1');
  for (const before of [
    '',
    '\r\n',
    '\n\n\n',
    '\xef\xbb\xbf',
    'From ann@example.org Tue Mar  3 10:00:00 2026\r\n',
    ' \r\n',
  ]) {
    const bytes = Buffer.from(before + usual, 'latin1');
    t.is(await textIn(bytes), letter, JSON.stringify(before));
    t.deepEqual(await attachedTo(bytes), ['a.pdf'], JSON.stringify(before));
  }
});

test('all mails of a folder of mails are read', async (t) => {
  const separator = 'From ann@example.org Tue Mar  3 10:00:00 2026\r\n';
  const other = multipart('mixed', part('text/html', '<p>Second.'), paper)
    .toString('latin1')
    .replaceAll('b1', 'b2');
  const prose = `${letter}\r\n\r\nFrom here on 10:00 it is prose.`;
  const first = mail([], prose).toString('latin1');
  const bytes = Buffer.from(
    `${separator}${first}\r\n\r\n${separator}${other}\r\n${separator}${other}`,
    'latin1',
  );
  const introduced = 'From: Ann Example <ann@example.org>\n\nSecond.';
  t.is(await textIn(bytes), `${prose.replaceAll('\r\n', '\n')}\n\n${introduced}\n\n${introduced}`);
  t.deepEqual(await attachedTo(bytes), ['a.pdf', 'a.pdf']);
});

test('lines may end in any way, and in several', async (t) => {
  const usual = multipart('mixed', part('text/plain', letter), paper).toString('latin1');
  for (const end of ['\n', '\r\n', '\r\r\n']) {
    const bytes = Buffer.from(usual.replaceAll('\r\n', end), 'latin1');
    t.is(await textIn(bytes), letter, JSON.stringify(end));
    t.deepEqual(await attachedTo(bytes), ['a.pdf'], JSON.stringify(end));
    const note = multipart('mixed', part('text/plain', 'Note: hurry')).toString('latin1');
    t.is(await textIn(Buffer.from(note.replaceAll('\r\n', end), 'latin1')), 'Note: hurry');
  }
});

test('a field may be folded without the white space that says so', async (t) => {
  for (const fields of [
    ['Subject: A subject that', 'was folded', 'Content-Type: multipart/mixed; boundary=b1'],
    ['Subject: A subject that was folded', 'Content-Type: multipart/mixed;', 'boundary="b1"'],
    ['Subject: A subject that was folded', 'Content-Type: multipart/mixed', 'boundary="b1"'],
    [
      'Subject: A subject that was folded',
      'To: a@example.org,',
      'b@example.org',
      'Content-Type: multipart/mixed; boundary=b1',
    ],
  ]) {
    const bytes = mail(fields, parts('b1'));
    t.like(await read(bytes, noHints), {title: 'A subject that was folded', text: letter}, fields.join('|'));
    t.deepEqual(await attachedTo(bytes), ['a.pdf'], fields.join('|'));
  }
});

test('a letter that begins without an empty line before it loses no line', async (t) => {
  const bytes = multipart('mixed', `Content-Type: text/plain\r\n${letter}\r\nAnn\r\n\r\nPS: hurry`, paper);
  t.is(await textIn(bytes), `${letter}\nAnn\n\nPS: hurry`);
  t.is(await textIn(multipart('mixed', `${letter}\r\nAnn`)), `${letter}\nAnn`);
  t.is(await textIn(multipart('mixed', `Content-Type: text/plain\r\n \t\r\n  ${letter}`)), letter);
});

test('parts are found though their boundary is another than was said, or none was', async (t) => {
  for (const [declared, used] of [
    ['boundary="=Multipart Boundary 09"', '= Multipart Boundary 09'],
    ['boundary="= Multipart Boundary 09 "', '=MultipartBoundary 09'],
    ['boundary="ABC"', 'abc'],
    ['boundary="----=_Part_1"', '----=_Part_2'],
    ['boundary=', 'xyz'],
    ['charset=utf-8', 'xyz'],
    ['boundary="abc', 'abc'],
    ["boundary='abc'", 'abc'],
    ['boundary=abc (a comment)', 'abc'],
  ] as const) {
    const bytes = mail([`Content-Type: multipart/mixed; ${declared}`], `This is MIME.\r\n\r\n${parts(used)}`);
    t.is(await textIn(bytes), letter, declared);
    t.deepEqual(await attachedTo(bytes), ['a.pdf'], declared);
  }
  const bare = mail(['Content-Type: multipart/mixed; boundary="A B"'], `--ab\r\n\r\n${letter}\r\n--ab--\r\n`);
  t.is(await textIn(bare), letter, 'a part without a header');
  t.is(await textIn(mail([], parts('b'))), letter, 'nothing says that it is a multipart');
  t.is(await textIn(mail(['Content-Type: multipart/mixed; boundary=b'], letter)), letter, 'it is none');
});

test('parts behind one whose boundary is that of the whole are found', async (t) => {
  const bytes = multipart(
    'mixed',
    `Content-Type: multipart/alternative; boundary=b1\r\n\r\n${parts('b1')}`,
    paper,
  );
  t.is(await textIn(bytes), letter);
  t.deepEqual(await attachedTo(bytes), ['a.pdf', 'a.pdf']);
});

test('a content type may lack its semicolon, be encoded, or be none', async (t) => {
  for (const type of [
    'text/plain charset=us-ascii',
    'text/plain  charset=us-ascii format=fixed',
    'text/plain, charset=us-ascii',
    'text',
    'text/plain; charset',
    '"text/plain"; charset="us-ascii"',
    '=?utf-8?q?text/plain=3B_charset=3Dutf-8?=',
    ';',
  ])
    t.is(await textIn(mail([`Content-Type: ${type}`], letter)), letter, type);
});

test('a mail is one whatever bytes it holds', async (t) => {
  const bytes = Buffer.from(Array.from({length: 20_000}, (_, index) => (index * 7919) % 256));
  const photo = part('image/jpeg; name=a.jpg', bytes.toString('latin1'), 'Content-Transfer-Encoding: binary');
  const found = await read(multipart('mixed', part('text/plain', letter), photo), noHints);
  t.like(found, {outcome: 'ingested', text: letter});
  t.deepEqual(found.outcome === 'ingested' && Buffer.from(found.attachments[0]?.bytes ?? []), bytes);
  const controls = '\x01\x14\x00'.repeat(500);
  t.is(await textIn(mail(['Content-Type: text/html'], `<p>${letter}<a href="${controls}"></a>`)), letter);
});

test('a footer behind base64 is read as the text that it is', async (t) => {
  const packed = Buffer.from(`${letter} ${'More of it. '.repeat(20)}`)
    .toString('base64')
    .replaceAll(/.{76}/g, '$&\r\n');
  for (const footer of [
    '_____\r\nComplaints mailing list\r\nlist@example.org',
    '\r\nUnsubscribe\r\nhere',
    '--\r\nList',
  ]) {
    const bytes = mail(
      ['Content-Transfer-Encoding: base64', 'Content-Type: text/plain; charset=utf-8'],
      `${packed}\r\n${footer}\r\n`,
    );
    const text = await textIn(bytes);
    t.true(text.startsWith(letter), footer);
    t.true(text.endsWith(footer.replaceAll('\r\n', '\n').trim()), text);
  }
  t.is(await textIn(mail(['Content-Transfer-Encoding: base64'], letter)), letter, 'it is not packed at all');
});

test('base64 is read though lines are padded by themselves, or something got in between', async (t) => {
  const packed = Buffer.from(letter).toString('base64');
  const field = 'Content-Transfer-Encoding: BASE64';
  const lines = [letter.slice(0, 20), letter.slice(20)].map((line) => Buffer.from(line).toString('base64'));
  t.is(await textIn(mail([field], lines.join('\r\n'))), letter);
  const long = Buffer.from(letter.repeat(2)).toString('base64');
  t.is(await textIn(mail([field], `_-\r\n${long}\r\n`)), letter.repeat(2));
  t.is(await textIn(mail([field], `!\r\n${packed}\r\n`)), letter);
  t.is(await textIn(mail([field], `${packed.slice(0, 20)}!\r\n ${packed.slice(20)}\r\n`)), letter);
});

test('a uuencoded file in a text is a document, and none of the text', async (t) => {
  const file = 'begin 644 letter one.txt\r\n#0V%T\r\n`\r\nend\r\n';
  const bytes = mail([], `${letter}\r\n\r\n${file}\r\nBest regards\r\n${file}`);
  t.is(await textIn(bytes), `${letter}\n\nBest regards`);
  const found = await read(bytes, noHints);
  t.deepEqual(
    found.outcome === 'ingested' &&
      found.attachments.map(({filename, bytes}) => [filename, Buffer.from(bytes).toString()]),
    [
      ['letter one.txt', 'Cat'],
      ['letter one.txt', 'Cat'],
    ],
  );
  t.deepEqual(await attachedTo(mail(['Subject: Scan'], file)), ['letter one.txt'], 'there is nothing else');
  const modern = 'begin-base64 644 a.txt\r\nQ2F0\r\n====\r\n';
  t.is(await textIn(mail([], `${letter}\r\n${modern}Ann`)), `${letter}\nAnn`);
  t.is(
    await textIn(mail([], `begin 644 a\n${'_\n'.repeat(1000)}end\n`)),
    `begin 644 a\n${'_\n'.repeat(1000)}end`,
  );
  const prose = `begin 644 times\r\nand you will be\r\nend\r\n${letter}`;
  t.is(await textIn(mail([], prose)), prose.replaceAll('\r\n', '\n'));
});

test('lines of flowed text are put together, as deep as they are quoted', async (t) => {
  const flowed = 'I wrote \r\nto you.\r\n\r\n> You \r\n> asked \r\n>> why \r\n-- \r\nAnn';
  t.is(
    await textIn(mail(['Content-Type: text/plain; format=flowed'], flowed)),
    'I wrote to you.\n\n> You asked\n>> why\n--\nAnn',
  );
  t.is(
    await textIn(mail(['Content-Type: text/plain; format=Flowed; delsp=yes'], 'unbe \r\nlievable')),
    'unbelievable',
  );
});
