/** Nothing that comes in costs more than in proportion to its size. */
import test from 'ava';
import {zipSync} from 'fflate';
import {contentHash} from '../../services/archive/content-hash.ts';
import {termsOf} from '../../services/classification/terms.ts';
import {causeOf} from '../../services/dead-letter/cause.ts';
import {hasDots, isEventDoor} from '../../services/gateway/meant-path.ts';
import {normalize} from '../../services/ingestion/extract/characters/normalize.ts';
import {read} from '../../services/ingestion/extract/read.ts';
import {dispositionOf} from '../../services/ingestion/form/disposition.ts';
import {partsOf} from '../../services/ingestion/form/parts.ts';
import {growth} from './cost.ts';

interface Case {
  /** Of the smaller of two inputs. */
  readonly size: number;
  readonly make: (size: number) => string;
  readonly run: (input: string) => unknown;
}

const asDocument = (input: string) => read(Buffer.from(input), {filename: null, contentType: null});
const mail = (headers: string, body: string) =>
  `From: ann@example.com\r\nTo: bob@example.com\r\nSubject: A letter\r\n${headers}\r\n\r\n${body}`;
const page = (inside: string) => `<!doctype html><html><body><p>Dear Sir.</p>${inside}</body></html>`;
const event = (attributes: Record<string, string>) => ({
  attributes: {specversion: '1.0', id: '1', source: '/s', type: 't', ...attributes},
  data: null,
});

const cases: Readonly<Record<string, Case>> = {
  'a file that Outlook has packed, of tiny attributes': {
    size: 300_000,
    make: (size) => {
      const attribute = '\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00';
      const packed = `\x78\x9f\x3e\x22\x01\x00${attribute.repeat(size / attribute.length)}`;
      return mail(
        'Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64',
        Buffer.from(packed, 'latin1').toString('base64'),
      );
    },
    run: asDocument,
  },
  'elements that stand after others': {
    size: 60_000,
    make: (size) =>
      page(
        `<style>${Array.from({length: 100}, (_, index) => `.a${index} ~ i + b{color:red}`).join('')}</style>` +
          Array.from({length: size / 20}, (_, index) => `<i class="a${index % 100}">x</i><b>y</b>`).join(''),
      ),
    run: asDocument,
  },
  'a style of zeros': {
    size: 200_000,
    make: (size) => page(`<p style="font-size:${'0'.repeat(size)}x">hello</p>`),
    run: asDocument,
  },
  'a page of spaces between tags': {
    size: 60_000,
    make: (size) => page(`${'a'.repeat(16_000)}\n${'<b> </b>'.repeat(size / 8)}`),
    run: asDocument,
  },
  'marks in no order': {
    size: 100_000,
    make: (size) => `a${'\u0300\u0316'.repeat(size / 2)}`,
    run: (input) => normalize(input, 2_000_000),
  },
  'a text of spaces': {size: 10_000, make: (size) => `a${' '.repeat(size)}b`, run: termsOf},
  'a path that is encoded over and over': {
    size: 100_000,
    make: (size) => `/%${'25'.repeat(size / 2)}`,
    run: (input) => [isEventDoor('POST', input), hasDots(input)],
  },
  'a time of zeros': {
    size: 200_000,
    make: (size) => `2026-01-31T09:00:00.${'0'.repeat(size)}1Z`,
    run: (time) => contentHash(event({time})),
  },
  'a reason that ends in spaces': {
    size: 200_000,
    make: (size) => Buffer.from(`{"error":"no"${' '.repeat(size)}x`).toString('base64'),
    run: (knativeerrordata) => causeOf(event({knativeerrordata})),
  },
  'a disposition of beginnings': {
    size: 60_000,
    make: (size) => `form-data${'; a="\\'.repeat(size / 6)}`,
    run: dispositionOf,
  },
  'a flowed mail': {
    size: 200_000,
    make: (size) => mail('Content-Type: text/plain; format=flowed; delsp=yes', '> a \r\n'.repeat(size / 6)),
    run: asDocument,
  },
  'a flowed mail of one line': {
    size: 200_000,
    make: (size) => mail('Content-Type: text/plain; format=flowed', 'a '.repeat(size / 2)),
    run: asDocument,
  },
  'a mail of quotations': {
    size: 200_000,
    make: (size) => mail('Content-Type: text/plain', '>'.repeat(size)),
    run: asDocument,
  },
  'a mail with a long head': {
    size: 200_000,
    make: (size) => mail(`X: ${'a\r\n '.repeat(size / 4)}b`, 'Dear Sir.'),
    run: asDocument,
  },
  'a mail to many': {
    size: 200_000,
    make: (size) => mail(`Cc: ${'"a, <b@c.d>, '.repeat(size / 13)}x@y.z`, 'Dear Sir.'),
    run: asDocument,
  },
  'a mail with encoded words': {
    size: 100_000,
    make: (size) => mail(`X-Y: 1\r\nReply-To: ${'=?utf-8?q?a?= '.repeat(size / 14)}`, 'Dear Sir.'),
    run: asDocument,
  },
  'a mail of spaces': {
    size: 400_000,
    make: (size) => mail('Content-Type: text/html', page(`a${' '.repeat(size)}b`)),
    run: asDocument,
  },
  'a mail of empty lines': {
    size: 40_000,
    make: (size) => mail('Content-Type: text/plain', `a${'\n'.repeat(size)}b`),
    run: asDocument,
  },
  'a mail of lines like boundaries': {
    size: 2_000_000,
    make: (size) =>
      mail('Content-Type: multipart/mixed; boundary="----"', '-----\n------x\n'.repeat(size / 14)),
    run: asDocument,
  },
  'a mail with lines in its header that are none of it': {
    size: 200_000,
    make: (size) =>
      mail('MIME-Version: 1.0\r\nMessage-ID: <a@b>\r\nX: 1,', 'a b,\r\n'.repeat(size / 6)).replace(
        '\r\n\r\n',
        '\r\n',
      ),
    run: asDocument,
  },
  'a mail of padding': {
    size: 1_000_000,
    make: (size) => mail('Content-Transfer-Encoding: base64', 'QQ==\r\n'.repeat(size / 6)),
    run: asDocument,
  },
  'a mail whose base64 ends in every line': {
    size: 1_000_000,
    make: (size) => mail('Content-Transfer-Encoding: base64', `QUFB\r\n${'a.\r\n'.repeat(size / 4)}`),
    run: asDocument,
  },
  'a mail of soft breaks': {
    size: 400_000,
    make: (size) => mail('Content-Transfer-Encoding: quoted-printable', `${'=  '.repeat(size / 3)}x`),
    run: asDocument,
  },
  'a mail of files that begin': {
    size: 1_000_000,
    make: (size) => mail('X: 1', 'begin 644 a\n#0V%T\n'.repeat(size / 19)),
    run: asDocument,
  },
  'a mail from a comment that never ends': {
    size: 400_000,
    make: (size) => mail('X: 1', 'Dear Sir.').replace('ann@example.com', `${'("<'.repeat(size / 3)}`),
    run: asDocument,
  },
  'a mail called by parameters': {
    size: 200_000,
    make: (size) => mail(`Content-Type: text/plain${'; a="\\'.repeat(size / 6)}`, 'Dear Sir.'),
    run: asDocument,
  },
  'a mail called by words without semicolons': {
    size: 200_000,
    make: (size) => mail(`Content-Type: text/plain; a=${' b'.repeat(size / 2)}`, 'Dear Sir.'),
    run: asDocument,
  },
  'a mail that is signed in pieces': {
    size: 1_000_000,
    make: (size) => {
      const opening = '308006092a864886f70d010702a0803080020101310030800609';
      const message = `${opening}2a864886f70d010701a0802480${'0401412400'.repeat(size / 5)}`;
      const body = Buffer.from(message, 'hex').toString('base64');
      return mail('Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64', body);
    },
    run: asDocument,
  },
  'a mail of two forms': {
    size: 200_000,
    make: (size) => {
      const words = Array.from({length: size / 8}, (_, index) => `w${index}`).join(' ');
      const forms = `--b\r\n\r\n${words}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>${words}\r\n--b--`;
      return mail('Content-Type: multipart/alternative; boundary=b', forms);
    },
    run: asDocument,
  },
  'a mail that shows pictures': {
    size: 200_000,
    make: (size) => mail('Content-Type: text/html', `<p>Dear Sir. ${'cid:'.repeat(size / 4)}`),
    run: asDocument,
  },
  'a text of open tags': {size: 200_000, make: (size) => `a${'<'.repeat(size)}`, run: asDocument},
  'a page of entities': {size: 200_000, make: (size) => page('&'.repeat(size)), run: asDocument},
  'a page of comments': {size: 200_000, make: (size) => page('<!--'.repeat(size / 4)), run: asDocument},
  'a page of attributes': {
    size: 200_000,
    make: (size) => page(`<p ${'a '.repeat(size / 2)}>b</p>`),
    run: asDocument,
  },
  'a page of elements at depth': {
    size: 200_000,
    make: (size) => page(`<p><button>${'<span>'.repeat(4_000)}${'<hr></x></div>'.repeat(size / 14)}`),
    run: asDocument,
  },
  'a page of styles': {
    size: 200_000,
    make: (size) => page(`<p style="${'background:a b;color:rgb('.repeat(size / 24)}">b</p>`),
    run: asDocument,
  },
  'a page of lines of spaces': {
    size: 400_000,
    make: (size) => page(`<p style="white-space:pre-line">a${' '.repeat(size)}b</p>`),
    run: asDocument,
  },
  'a style sheet of rules, and elements of their classes': {
    size: 200_000,
    make: (size) => {
      const rules = Array.from({length: size / 80}, (_, index) => `.a .b${index},.b${index}>i{color:red}`);
      return page(
        `<style>${rules.join('')}</style>${'<p class="a b1 b2 b3"><i>c</i></p>'.repeat(size / 70)}`,
      );
    },
    run: asDocument,
  },
  'a style sheet of descendants': {
    size: 200_000,
    make: (size) => {
      const sheet = `${'div '.repeat(8)}{color:red}${'div>'.repeat(7)}div{color:red}`;
      return page(`<style>${sheet}</style>${'<div>'.repeat(2_000)}${'<div></div>'.repeat(size / 11)}`);
    },
    run: asDocument,
  },
  'a style sheet of one rule': {
    size: 200_000,
    make: (size) => page(`<style>${'a.b,'.repeat(size / 8)}a{${'color:red;'.repeat(size / 20)}}</style>`),
    run: asDocument,
  },
  'a style sheet of groups': {
    size: 400_000,
    make: (size) => page(`<style>${'@media screen{@media print{'.repeat(size / 27)}</style>`),
    run: asDocument,
  },
  'a style sheet of beginnings': {
    size: 400_000,
    make: (size) =>
      page(`<style>${`/*["'{(`.repeat(size / 7)}</style><style>${'{"('.repeat(size / 3)}</style>`),
    run: asDocument,
  },
  'a form of boxes': {
    size: 200_000,
    make: (size) =>
      page(
        '<label><input type=checkbox>a</label><select multiple><option selected>b</select>'.repeat(size / 80),
      ),
    run: asDocument,
  },
};

for (const [name, {size, make, run}] of Object.entries(cases))
  test.serial(`twice of it costs twice as much: ${name}`, async (t) => {
    const times = await growth(size, make, run);
    t.log(`${times.toFixed(2)} times`);
    t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
  });

test.serial('twice of it costs twice as much: a form that nearly ends', async (t) => {
  const make = (size: number) => Buffer.from(`--B\r\na: b\r\n\r\n${'\r\n--A'.repeat(size / 5)}\r\n--B--`);
  const times = await growth(5_000_000, make, (form) => [...partsOf(form, 'B')]);
  t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
});

test.serial('twice of it costs twice as much: a Word document of tags', async (t) => {
  const make = (size: number) => {
    const body = `<w:document xmlns:w="w"><w:body>${'<w:p/>'.repeat(size)}</w:body></w:document>`;
    const types =
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
    return zipSync({
      '[Content_Types].xml': Buffer.from(types),
      'word/document.xml': Buffer.from(body),
    });
  };
  const times = await growth(100_000, make, (bytes) => read(bytes, {filename: null, contentType: null}));
  t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
});
