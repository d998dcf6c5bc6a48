/** Mails that are signed or encrypted. */
import {deflateSync} from 'node:zlib';
import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {attachedTo, mail, multipart, nested, part, textIn} from './mail-making.ts';
import {noHints} from './making.ts';

const letter = 'Dear Sir or Madam, please refund the second charge.';
const signedData = '2a864886f70d010702';
const compressedData = '2a864886f70d0109100109';
const envelopedData = '2a864886f70d010703';

/** A value of ASN.1, of a length that is said, or left open where it may be. */
function value(tag: number, content: Buffer, isOpen = false): Buffer {
  if (isOpen) return Buffer.concat([Buffer.from([tag, 0x80]), content, Buffer.from([0, 0])]);
  return Buffer.concat([
    Buffer.from([tag, 0x84]),
    Buffer.from(content.length.toString(16).padStart(8, '0'), 'hex'),
    content,
  ]);
}

/** A cryptographic message that holds this, in one piece or in some. */
function message(type: string, content: string | null, pieces = 0): Buffer {
  const isOpen = pieces > 0;
  const bytes = Buffer.from(content ?? '', 'latin1');
  const size = Math.ceil(bytes.length / Math.max(pieces, 1));
  const cut = Array.from({length: pieces}, (_, index) =>
    value(0x04, bytes.subarray(index * size, (index + 1) * size)),
  );
  const octets = isOpen ? value(0x24, Buffer.concat(cut), true) : value(0x04, bytes);
  const data = value(0x06, Buffer.from('2a864886f70d010701', 'hex'));
  const inside = content === null ? data : Buffer.concat([data, value(0xa0, octets, isOpen)]);
  const body = [
    value(0x02, Buffer.from([1])),
    value(0x31, value(0x30, Buffer.alloc(0)), isOpen),
    value(0x30, inside, isOpen),
  ];
  const explicit = value(0xa0, value(0x30, Buffer.concat(body), isOpen), isOpen);
  return value(0x30, Buffer.concat([value(0x06, Buffer.from(type, 'hex')), explicit]), isOpen);
}

const sealed = (bytes: Buffer, kind = '; smime-type=signed-data', name = 'smime.p7m') => [
  `Content-Type: application/pkcs7-mime${kind}; name=${name}`,
  'Content-Transfer-Encoding: base64',
  `Content-Disposition: attachment; filename=${name}`,
  '',
  bytes.toString('base64').replaceAll(/.{64}/g, '$&\r\n'),
];
const mailOf = (lines: readonly string[]) => mail(lines.slice(0, 3), lines.slice(4).join('\r\n'));

test('a letter that is inside of its signature is read, in one piece or in some', async (t) => {
  const entity = part('text/plain; charset=utf-8', letter);
  for (const pieces of [0, 1, 3])
    t.is(await textIn(mailOf(sealed(message(signedData, entity, pieces)))), letter, `${pieces}`);
  t.is(await textIn(mailOf(sealed(message(signedData, entity), ''))), letter, 'nothing says what it is');
  const typed = mail(
    ['Content-Type: application/octet-stream; name=smime.p7m', 'Content-Transfer-Encoding: base64'],
    message(signedData, entity).toString('base64'),
  );
  t.is(await textIn(typed), letter, 'only its name says it');
  const twice = part('application/x-pkcs7-mime', message(signedData, entity).toString('latin1'));
  t.is(await textIn(mailOf(sealed(message(signedData, twice)))), letter, 'signed twice');
});

test('what is attached inside of a signature is attached, and a list may add its footer', async (t) => {
  const paper = part('application/pdf; name=a.pdf', 'x');
  const inside = nested('mixed', 'b2', part('text/plain', letter), paper);
  const signed = sealed(message(signedData, inside, 2)).join('\r\n');
  const bytes = multipart('mixed', signed, part('text/plain', 'A list.'));
  t.is(await textIn(bytes), `${letter}\n\nA list.`);
  t.deepEqual(await attachedTo(bytes), ['a.pdf']);
});

test('a file that is signed is a document of its own name', async (t) => {
  const signed = sealed(message(signedData, '%PDF-1.4'), '', 'invoice.pdf.p7m').join('\r\n');
  t.deepEqual(await attachedTo(multipart('mixed', part('text/plain', letter), signed)), ['invoice.pdf']);
});

/** A message that is compressed as `message` has it signed: what stands before its content is of the same kinds. */
const compressed = (content: string, pieces = 0) =>
  message(compressedData, deflateSync(Buffer.from(content, 'latin1')).toString('latin1'), pieces);

test('a letter that is compressed is read, and one that is signed in that', async (t) => {
  const kind = '; smime-type=compressed-data';
  const entity = part('text/plain; charset=utf-8', letter);
  for (const pieces of [0, 1, 3])
    t.is(await textIn(mailOf(sealed(compressed(entity, pieces), kind, 'smime.p7z'))), letter, `${pieces}`);
  const signed = part('application/pkcs7-mime', message(signedData, entity).toString('latin1'));
  t.is(await textIn(mailOf(sealed(compressed(signed), ''))), letter);
  const file = sealed(compressed('%PDF-1.4'), kind, 'invoice.pdf.p7z').join('\r\n');
  t.deepEqual(await attachedTo(multipart('mixed', part('text/plain', letter), file)), ['invoice.pdf']);
});

test('what is compressed and broken is attached, and what unpacks to too much is refused', async (t) => {
  const broken = message(compressedData, 'no zlib');
  const bytes = multipart('mixed', part('text/plain', letter), sealed(broken).join('\r\n'));
  t.is(await textIn(bytes), letter);
  t.deepEqual(await attachedTo(bytes), ['smime.p7m']);
  const large = `Content-Type: text/plain\r\n\r\n${' '.repeat(11 * 1024 * 1024)}`;
  t.is(await textIn(mailOf(sealed(compressed(large)))), 'rejected: too-large');
  const half = `Content-Type: text/plain\r\n\r\n${' '.repeat(6 * 1024 * 1024)}`;
  const two = [half, half].map((each) => sealed(compressed(each)).join('\r\n'));
  t.is(await textIn(multipart('mixed', ...two)), 'rejected: too-large', 'all that is packed counts');
});

test('a message that is broken or empty is no letter, and no error', async (t) => {
  const whole = message(signedData, part('text/plain', letter), 2);
  for (let length = 0; length < whole.length; length += 7)
    t.not((await read(mailOf([...sealed(whole.subarray(0, length))]), noHints)).outcome, undefined);
  t.is(
    await textIn(mailOf(sealed(message(signedData, null), '; smime-type=certs-only'))),
    'rejected: no-text',
  );
});

test('what is encrypted is rejected as that', async (t) => {
  const armor = '-----BEGIN PGP MESSAGE-----\r\n\r\nBzP8rbig\r\n=AbCd\r\n-----END PGP MESSAGE-----\r\n';
  const encrypted = [
    part('application/pgp-encrypted', 'Version: 1'),
    part('application/octet-stream; name=encrypted.asc', armor),
  ];
  for (const [name, bytes] of Object.entries({
    OpenPGP: multipart('encrypted', ...encrypted),
    'OpenPGP with a footer': multipart(
      'mixed',
      nested('encrypted', 'b2', ...encrypted),
      part('text/plain', 'A list.'),
    ),
    'OpenPGP as a gateway leaves it': multipart('mixed', part('text/plain', ''), ...encrypted),
    'OpenPGP in the text': mail([], armor),
    'OpenPGP in the text with a footer': mail([], `\r\n${armor}\r\n____\r\nA list`),
    'OpenPGP in HTML': mail(['Content-Type: text/html'], `<pre>${armor}</pre>`),
    'S/MIME': mailOf(sealed(message(envelopedData, 'x'), '; smime-type=enveloped-data')),
    'S/MIME that nothing says': mailOf(sealed(message(envelopedData, 'x'), '')),
    'S/MIME that is broken': mailOf(sealed(Buffer.from('x'), '; smime-type=enveloped-data')),
    'S/MIME within a signature': mailOf(
      sealed(
        message(signedData, part('application/pkcs7-mime', message(envelopedData, 'x').toString('latin1'))),
      ),
    ),
  }))
    t.is(await textIn(bytes), 'rejected: encrypted', name);
});

test('a letter with something encrypted is read', async (t) => {
  const armor = '-----BEGIN PGP MESSAGE-----\r\n\r\nBzP8rbig\r\n-----END PGP MESSAGE-----\r\n';
  t.regex(await textIn(mail([], `${letter}\r\n${armor}`)), /^Dear/);
  const attached = part(
    'application/octet-stream; name=a.pgp',
    armor,
    'Content-Disposition: attachment; filename=a.pgp',
  );
  const bytes = multipart('mixed', part('text/plain', letter), attached);
  t.is(await textIn(bytes), letter);
  t.deepEqual(await attachedTo(bytes), ['a.pgp']);
  const enveloped = sealed(message(envelopedData, 'x'), '').join('\r\n');
  t.is(await textIn(multipart('mixed', part('text/plain', letter), enveloped)), letter);
});

test('a letter that is signed in its text is read without the signature', async (t) => {
  const signature = '-----BEGIN PGP SIGNATURE-----\r\n\r\nBzP8\r\n-----END PGP SIGNATURE-----\r\n';
  const signed = `-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n${letter}\r\n- -- \r\nAnn\r\n${signature}`;
  t.is(await textIn(mail([], signed)), `${letter}\n--\nAnn`);
});
