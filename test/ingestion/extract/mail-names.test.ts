/** Who wrote a mail, what it is called, and what its files are called. */
import test from 'ava';
import type {Sender} from '../../../services/ingestion/extract/extract.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {attachedTo, mail, multipart, part} from './mail-making.ts';
import {noHints} from './making.ts';

async function senderOf(from: string, ...others: string[]): Promise<Sender | null> {
  const bytes = mail(others, 'Dear Sir.')
    .toString('latin1')
    .replace('Ann Example <ann@example.org>', () => from);
  const found = await read(Buffer.from(bytes, 'latin1'), noHints);
  return found.outcome === 'ingested' ? found.sender : null;
}

async function titleOf(subject: string, type = 'text/plain', body = 'Dear Sir.'): Promise<string | null> {
  const found = await read(mail([`Subject: ${subject}`, `Content-Type: ${type}`], body), noHints);
  return found.outcome === 'ingested' ? found.title : null;
}

const raw = (text: string) => Buffer.from(text).toString('latin1');

test('a sender is the first mailbox, however it is written', async (t) => {
  const ann = {name: 'Ann Example', address: 'ann@example.org'};
  for (const from of [
    'Ann Example <ann@example.org>',
    '"Ann Example" <ann@example.org>',
    '=?utf-8?q?Ann_Example?= <ann@example.org>, bob@example.org',
    'ann@example.org (Ann Example)',
    'Ann Example < ann@example.org >',
    'Team: Ann Example <ann@example.org>, bob@example.org;',
    'Ann Example <@relay.example.org:ann@example.org>',
    '=?utf-8?b?QW5uIEV4YW1wbGUgPGFubkBleGFtcGxlLm9yZz4=?=',
    'Ann Example <ann@example.org',
    'Ann (a comment (in it)) Example <ann@example.org>; bob@example.org',
  ])
    t.deepEqual(await senderOf(from), ann, from);
});

test('a comma in a name parts no mailboxes, with quotes or without', async (t) => {
  const ann = {name: 'Example, Ann', address: 'ann@example.org'};
  for (const from of [
    '"Example, Ann" <ann@example.org>, bob@example.org',
    'Example, Ann <ann@example.org>',
    '=?utf-8?q?Example,_Ann?= <ann@example.org>',
    '"Example\\, Ann" <ann@example.org>',
  ])
    t.deepEqual(await senderOf(from), ann, from);
});

test('a sender has a name, an address or both', async (t) => {
  t.deepEqual(await senderOf('ann@example.org'), {name: null, address: 'ann@example.org'});
  t.deepEqual(await senderOf('<ann@example.org>'), {name: null, address: 'ann@example.org'});
  t.deepEqual(await senderOf('"ann@example.org" <ann@example.org>'), {
    name: null,
    address: 'ann@example.org',
  });
  t.deepEqual(await senderOf('Ann'), {name: 'Ann', address: null});
  t.deepEqual(await senderOf('undisclosed:;'), {name: 'undisclosed', address: null});
  t.deepEqual(await senderOf('', 'Reply-To: a@example.org'), {name: null, address: 'a@example.org'});
  t.is(await senderOf(''), null);
});

test('a name of 8-bit characters is decoded by itself', async (t) => {
  t.is((await senderOf(`${raw('Jürgen')} <j@example.org>`))?.name, 'Jürgen');
  const latin1 = 'J\xfcrgen <j@example.org>';
  t.is((await senderOf(latin1, 'Content-Type: text/plain; charset=iso-8859-1'))?.name, 'Jürgen');
});

test('a title is decoded as its words say, or as the text beside it is', async (t) => {
  t.is(await titleOf('=?iso-8859-1?Q?Gr=F6=DFe?= =?iso-8859-1?Q?_und_mehr?='), 'Größe und mehr');
  t.is(await titleOf('=?utf-8?b?R3LDtsO?= =?utf-8?b?n2U=?='), 'Größe');
  t.is(await titleOf('=?utf-8*de?q?Gr=C3=B6=C3=9Fe?=:next'), 'Größe:next');
  t.is(await titleOf('=?utf-8?q?Gr=C3=B6=C3=9Fe and spaces?='), 'Größe and spaces');
  t.is(await titleOf('a =?b =?utf-8?q?c?= =?utf-8?q?d'), 'a =?b c =?utf-8?q?d');
  t.is(await titleOf(raw('Größe')), 'Größe');
  t.is(await titleOf('Gr\xf6\xdfe', 'text/plain; charset=iso-8859-1'), 'Größe');
  t.is(await titleOf('\xdeikayet', 'text/html', '<meta charset=windows-1254><p>Kredi kart\xfdm'), 'Şikayet');
  t.is(await titleOf('Gr\xf6\xdfe', 'text/html; charset=windows-1252', raw('Größe')), 'Größe');
});

test('a title that says nothing of its characters is decoded with the text that does not either', async (t) => {
  const text =
    'Уважаемые господа, с моей карты дважды списали деньги за одну и ту же покупку. Верните деньги.';
  const koi8 = Buffer.from(
    [...'Жалоба'].map(
      (letter) => 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ'.indexOf(letter) + 0xc0,
    ),
  );
  const body = Buffer.from(
    [...text].map((letter) => {
      const index = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ'.indexOf(letter);
      return index === -1 ? letter.charCodeAt(0) : index + 0xc0;
    }),
  );
  t.is(await titleOf(koi8.toString('latin1'), 'text/plain', body.toString('latin1')), 'Жалоба');
});

test('a file is called as its sender called it, without its folders', async (t) => {
  for (const [disposition, name] of [
    ['filename="=?GB2312?B?t6LGscP3z7gucGRm?="', '发票明细.pdf'],
    [`filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf; filename="x.pdf"`, 'Größe.pdf'],
    [`filename*0*=iso-8859-1''Gr%F6; filename*1*=%DFe; filename*2=".pdf"`, 'Größe.pdf'],
    [`filename*0*="''attached%2E"; filename*1*="%70"; filename*2=df`, 'attached.pdf'],
    ['filename*0="a b "; filename*1="c.pdf"', 'a b c.pdf'],
    ['filename=Invoice 2474.pdf', 'Invoice 2474.pdf'],
    ['filename=Invoice(1).pdf', 'Invoice(1).pdf'],
    ['filename="C:\\Users\\ann\\a.pdf"', 'a.pdf'],
    ['filename="../a \\"b\\".pdf"', 'a "b".pdf'],
    [`filename="${raw('Größe.pdf')}"`, 'Größe.pdf'],
    ['filename="a; b.pdf"; size=3', 'a; b.pdf'],
  ] as const) {
    const paper = part('application/pdf', 'x', `Content-Disposition: attachment; ${disposition}`);
    t.deepEqual(
      await attachedTo(multipart('mixed', part('text/plain', 'See it.'), paper)),
      [name],
      disposition,
    );
  }
});
