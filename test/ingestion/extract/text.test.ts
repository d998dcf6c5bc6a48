import test from 'ava';
import fc from 'fast-check';
import {decode} from '../../../services/ingestion/extract/characters/encoding.ts';
import {languageOf} from '../../../services/ingestion/extract/characters/language.ts';
import {normalize, normalizeLine} from '../../../services/ingestion/extract/characters/normalize.ts';
import {htmlText} from '../../../services/ingestion/extract/html/html.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {noHints} from './making.ts';

test('text is composed, its lines are ended one way, and at most one of them in a row is blank', (t) => {
  t.is(normalize('Cafe\u0301\r\nand\rmore\u2028lines  \n\n\n\n\nend ', 100), 'Café\nand\nmore\nlines\n\nend');
});

test('characters that nobody sees are dropped', (t) => {
  t.is(normalize('re\u00adfund\u200b \u202eme\u202c\ufeff \u0007now\u{e0041}', 100), 'refund me now');
});

test('a cut never leaves half a character', (t) => {
  t.is(normalize('ab😀', 3), 'ab');
});

test('normalizing twice changes nothing more', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const once = normalize(text, 1000);
        return normalize(once, 1000) === once;
      }),
    ),
  );
});

test('a title is one line, or null when there is nothing in it', (t) => {
  t.is(normalizeLine('My\r\n loan\t 17 '), 'My loan 17');
  t.is(normalizeLine(' \u200b '), null);
});

test('a byte order mark is not part of the text', async (t) => {
  t.is(await decode(Buffer.from('\ufeffHello')), 'Hello');
  t.is(await decode(Buffer.from('\ufeffHello', 'utf16le')), 'Hello');
});

test('a declared encoding is believed where UTF-8 does not fit and it does', async (t) => {
  t.is(await decode(Buffer.from([0x63, 0xf3, 0x72, 0x6b, 0x61]), 'iso-8859-2'), 'córka');
  t.is(await decode(Buffer.from('naïve'), 'windows-1252'), 'naïve');
  t.is(await decode(Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]), 'no-such-encoding'), 'Grüße');
});

test('Polish in Windows-1250 is not taken for its neighbor ISO-8859-2', async (t) => {
  const bytes = Buffer.from('\xa3\xb9cz\xea pozdrowienia, \xafaneta i prosz\xea o korekt\xea', 'latin1');
  t.is(await decode(bytes), 'Łączę pozdrowienia, Żaneta i proszę o korektę');
});

test('Thai is decoded, which detectors of encodings mostly do not know', async (t) => {
  const thai = 'เรียน ฝ่ายบริการลูกค้า ข้าพเจ้าขอแจ้งว่ามีการเรียกเก็บเงินจากบัตรเครดิตของข้าพเจ้าซ้ำสองครั้ง';
  // In windows-874 the Thai block begins at 0xa1.
  const bytes = Buffer.from(
    Array.from(thai, (sign) => (sign === ' ' ? 0x20 : sign.charCodeAt(0) - 0x0e01 + 0xa1)),
  );
  t.is(await decode(bytes), thai);
});

test('Japanese in ISO-2022-JP is no ASCII', async (t) => {
  const bytes = Buffer.from('\x1b$B@A5a=q\x1b(B', 'latin1');
  t.is(await decode(bytes), '請求書');
});

test('8-bit text of a mail that names no encoding is decoded', async (t) => {
  const mail = Buffer.from(
    'From: a@example.org\r\nMIME-Version: 1.0\r\n\r\nMit freundlichen Grüßen, Jürgen\r\n',
    'latin1',
  );
  const extraction = await read(mail, noHints);
  t.like(extraction, {outcome: 'ingested', text: 'Mit freundlichen Grüßen, Jürgen'});
});

test('a mail of nothing but a subject is a document; one without is not', async (t) => {
  const head = 'From: a@example.org\r\nMIME-Version: 1.0\r\n';
  t.like(await read(Buffer.from(`${head}Subject: Call me\r\n\r\n`), noHints), {title: 'Call me', text: ''});
  t.deepEqual(await read(Buffer.from(`${head}\r\n`), noHints), {outcome: 'rejected', reason: 'no-text'});
});

test('text that a page hides inside of its hidden elements stays hidden', (t) => {
  const hidden = [
    'style="display: none"',
    'style="color:red;visibility:hidden"',
    'style="font-size:0px"',
    'hidden',
  ];
  for (const attribute of hidden) {
    t.is(htmlText(`<p>a<div ${attribute}>b<br><p>c<img></div>d`).text.replaceAll('\n', ''), 'ad', attribute);
  }
  t.is(htmlText('<p style="font-size:0.9em;opacity:0.5">seen</p>').text.trim(), 'seen');
});

test('the language is that of the prose, not of the letterhead', async (t) => {
  const letterhead = 'Thank you for your order,\nwe wish you a very good day.\n'.repeat(60);
  const prose =
    'Sehr geehrte Damen und Herren, hiermit kündige ich meinen Vertrag fristgerecht zum Ende des Monats.\n' +
    'Bitte bestätigen Sie mir den Eingang dieses Schreibens und das Datum, zu dem der Vertrag endet.';

  t.is(await languageOf(`${letterhead}\n${prose}`), 'de');
});

test('a language is found in letters of every script, and null in too few of them', async (t) => {
  t.is(await languageOf('I would like to dispute a charge on my credit card.'), 'en');
  t.is(await languageOf('Je souhaite contester un prélèvement sur mon compte bancaire.'), 'fr');
  t.is(await languageOf('請求書の件でご連絡いたしました。'), 'ja');
  t.is(await languageOf('OK, thanks'), null);
  t.is(await languageOf('4711-0815 2025-01-01 12:00'), null);
});

test('a text without a letter is no text', async (t) => {
  const outcomeOf = async (text: string) => {
    const found = await read(Buffer.from(text), noHints);
    return found.outcome === 'rejected' ? found.reason : found.outcome;
  };

  t.is(await outcomeOf('???? !!! 48.20 -- 1234'), 'no-text');
  t.is(await outcomeOf('........................................'), 'no-text');
  t.is(await outcomeOf('48.20 €, twice'), 'ingested');
  t.is(await outcomeOf('請 1'), 'ingested');
});
