/** Forms as browsers, programs and strangers write them, sent to a real service. */
import test from 'ava';
import {documentReceived} from '#events';
import {dataAs} from '#kit';
import {openBlobs} from '#kit/wire';
import {dispositionOf} from '../../services/ingestion/form/disposition.ts';
import {partsOf} from '../../services/ingestion/form/parts.ts';
import service from '../../services/ingestion/service.ts';
import {Chance} from '../flow/chance.ts';
import {broker, serving} from '../kit/serving.ts';

const form = (body: string, contentType = 'multipart/form-data; boundary=B'): RequestInit => ({
  method: 'POST',
  headers: {'content-type': contentType},
  body: Buffer.from(body, 'latin1'),
});
const file = 'Content-Disposition: form-data; name="file"; filename="letter.txt"';
const part = (head: string, content = 'Dear Sir.') => `--B\r\n${head}\r\n\r\n${content}\r\n`;

const dispositions: readonly [header: string, name: string | null, filename: string | null][] = [
  ['form-data; name="file"; filename="letter.txt"', 'file', 'letter.txt'],
  ['form-data; name=file; filename=letter.txt', 'file', 'letter.txt'],
  ['FORM-DATA; NAME=file; FILENAME="letter.txt"', 'file', 'letter.txt'],
  [`form-data; name=file; filename=_.txt; filename*=utf-8''%e2%82%ac.txt`, 'file', '€.txt'],
  [`form-data; name="file"; filename*=iso-8859-1'de'M%FCll.txt`, 'file', 'Müll.txt'],
  [`form-data; name="file"; filename="a.txt"; filename*=utf-8''%ff`, 'file', 'a.txt'],
  [`form-data; name="file"; filename="a.txt"; filename*=no-such-charset''b`, 'file', 'a.txt'],
  ['form-data; name="say %22hi%22"; filename="a;b\\"c.txt"', 'say "hi"', 'a;b"c.txt'],
  ['form-data; name="file"; filename="C:\\letters\\new.txt"', 'file', 'new.txt'],
  ['form-data; name="file"; filename="../../etc/passwd"', 'file', 'passwd'],
  ['form-data; name="file"; filename=""', 'file', ''],
  [`form-data; name="file"; filename="${'a'.repeat(254)}\u{1F600}.txt"`, 'file', 'a'.repeat(254)],
  ['form-data; name="__proto__"', '__proto__', null],
  ['form-data', null, null],
  [';;;;', null, null],
  ['form-data; name="', '', null],
];

for (const [header, name, filename] of dispositions)
  test(`a disposition is read as its sender means it: ${header.slice(0, 80)}`, (t) => {
    t.deepEqual(dispositionOf(header), {name, filename});
  });

test('the parts of a form are what was put into it, whatever it was', (t) => {
  const chance = new Chance(1);
  const pieces = ['\r\n', '--B', '--', '\r\n--', '\r\n--A', 'B', '\0', '\u00ff', 'text ', ':', '-'];
  for (let round = 0; round < 500; round++) {
    const contents = Array.from({length: chance.below(5)}, () =>
      Array.from({length: chance.below(12)}, () => chance.of(pieces)).join(''),
    ).filter((content) => !`\r\n${content}\r\n`.includes('\r\n--B'));
    const body = contents.map((content) => part(file, content)).join('');
    const before = chance.of(['', '\r\n', 'For programs without MIME.\r\n']);
    const after = chance.of(['', '\r\n', '\r\nthe end']);

    const parts = [...partsOf(Buffer.from(`${before}${body}--B--${after}`, 'latin1'), 'B')];

    t.deepEqual(
      parts.map(({content}) => content.toString('latin1')),
      contents,
    );
  }
});

test('a line of a document that only begins like the end of a part is text of the document', (t) => {
  const content = 'Dear Sir.\r\n--Boundaries are what I write about.\r\n--BB\r\n';

  const parts = [...partsOf(Buffer.from(`${part(file, content)}--B--\r\n`), 'B')];

  t.deepEqual(
    parts.map((each) => each.content.toString()),
    [content],
  );
});

test('fields and names of every kind are kept as they were sent', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {ask, config} = await serving(t, service, {sink});
  const field = (name: string, value: string) =>
    part(`Content-Disposition: form-data; name="${name}"`, value);
  const body = [
    field('__proto__', 'a'),
    field('constructor', 'b'),
    // One in UTF-8, as browsers write, and one in the characters of an old machine.
    field(Buffer.from('naïve').toString('latin1'), Buffer.from('café').toString('latin1')),
    part(
      'Content-Disposition: form-data; name="file"; filename="M\u00fcller.txt"\r\nContent-Type: text/plain; a=b',
    ),
    '--B--\r\n',
  ].join('');

  const {status} = await ask('/documents', form(body));

  t.is(status, 202);
  const [event] = taken;
  if (event === undefined) return t.fail('no event was said');
  const {envelope, original} = dataAs(event, documentReceived);
  const blobs = await openBlobs(config);
  t.is(Buffer.from(await blobs.read(original)).toString(), 'Dear Sir.');
  t.is(
    Buffer.from(await blobs.read(envelope)).toString(),
    '{"filename":"Müller.txt","contentType":"text/plain; a=b","metadata":{"__proto__":"a","constructor":"b","naïve":"café"},"sender":"ola"}',
  );
});

const refused: readonly [why: string, body: string, says: RegExp, contentType?: string][] = [
  ['nothing', '', /holds no line --B/],
  ['no boundary', part(file), /names no boundary/, 'multipart/form-data'],
  [
    'a long boundary',
    part(file),
    /3000 characters, more than 70/,
    `multipart/form-data; boundary=${'x'.repeat(3000)}`,
  ],
  ['another boundary', part(file), /holds no line --C/, 'multipart/form-data; boundary=C'],
  ['a part without a name', `${part('Content-Disposition: form-data')}--B--\r\n`, /a part of it has no name/],
  ['a part without a head', `${part('')}--B--\r\n`, /a part of it has no/],
  ['a head that never ends', `--B\r\n${file}\r\nhello\r\n--B--\r\n`, /no empty line after its head/],
  ['a head that ends in the next part', `--B\r\n${file}\r\n${part(file)}--B--\r\n`, /no empty line/],
  ['a long head', `${part(`X: ${'a'.repeat(17_000)}`)}--B--\r\n`, /head of more than 16384 bytes/],
  ['an end within a file', `--B\r\n${file}\r\n\r\nDear S`, /ends within a part/],
  ['no file', `${part('Content-Disposition: form-data; name="a"')}--B--\r\n`, /a form with a file/],
  ['two files', `${part(file)}${part(file)}--B--\r\n`, /got several/],
  [
    'many parts',
    `${part('Content-Disposition: form-data; name="a"', '').repeat(61)}--B--`,
    /more than 60 parts/,
  ],
  [
    'a long field',
    `${part('Content-Disposition: form-data; name="a"', 'b'.repeat(10_001))}--B--`,
    /10001 bytes, more than 10000/,
  ],
];

test('what is no form is refused with a reason, one after the other by the same process', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {ask} = await serving(t, service, {sink});

  for (const [why, body, says, contentType] of refused) {
    const answer = await ask('/documents', form(body, contentType));
    t.is(answer.status, 400, why);
    t.regex(answer.body.toString(), says, why);
  }

  t.is((await ask('/documents', form(`${part(file)}--B--\r\n`))).status, 202);
  t.is(taken.length, 1);
});
