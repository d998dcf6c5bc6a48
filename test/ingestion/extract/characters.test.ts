/** Bytes in any writing and any encoding come out as they were written, whatever is said of them. */
import test from 'ava';
import {decode} from '../../../services/ingestion/extract/characters/encoding.ts';
import {read} from '../../../services/ingestion/extract/read.ts';

/** Sentences, and the single-byte encodings that people wrote them in. */
const sentences: readonly [text: string, ...encodings: string[]][] = [
  ['Die Gebühr für März ist falsch, bitte prüfen Sie das. Schöne Grüße', 'windows-1252', 'macintosh'],
  ['J’ai été débité deux fois, merci de me rembourser dès que possible', 'windows-1252', 'macintosh'],
  ['Kredi kartımdan iki kez para çekildi, lütfen bunu hemen iade edin. Şikâyet', 'windows-1254'],
  ['Proszę o zwrot drugiej kwoty, mój bank dotąd nie odpowiedział. Żaneta', 'windows-1250', 'iso-8859-2'],
  ['С моей карты дважды списали деньги за одну покупку', 'windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'],
  ['З моєї картки двічі зняли гроші за одну покупку', 'windows-1251', 'koi8-u'],
  ['Η κάρτα μου χρεώθηκε δύο φορές για την ίδια αγορά', 'windows-1253', 'iso-8859-7'],
  ['חויבתי פעמיים בכרטיס האשראי שלי עבור אותה רכישה', 'windows-1255'],
  ['تم خصم المبلغ مرتين من بطاقتي الائتمانية لنفس الشراء', 'windows-1256'],
  ['บัตรเครดิตของฉันถูกเรียกเก็บเงินสองครั้งสำหรับการซื้อครั้งเดียว', 'windows-874'],
];

for (const [text, ...encodings] of sentences) {
  for (const encoding of encodings) {
    test(`without a word about it ${encoding} is known by what it says: ${text.slice(0, 20)}`, async (t) => {
      t.is(await decode(encoded(text, encoding)), text);
    });
  }
}

/** By the decoder's own table, turned round. */
function encoded(text: string, encoding: string): Buffer {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({length: 256}, (_, byte) => byte));
  return Buffer.from(Array.from(text, (letter) => letters.indexOf(letter)));
}

/** The encodings of several bytes a letter can't be turned round by their decoder. */
const wide: readonly [encoding: string, base64: string, text: string][] = [
  [
    'gb18030',
    'ztK1xNDF08O/qLG71ti4tL/bv+6jrMfrzcu7ubXatv6xyr/uz+6ho9C70Luhow==',
    '我的信用卡被重复扣款，请退还第二笔款项。谢谢。',
  ],
  [
    'shift_jis',
    'k6+CtpSDgqKVqILwk/GJ8ZC/i4GCs4LqgtyCtYK9gUKKbZRGgrWCxIKtgr6Cs4KigUI=',
    '同じ買い物を二回請求されました。確認してください。',
  ],
  [
    'euc-kr',
    'sLDAuiCxuLjFsKEgtc4gufggw7uxuLXHvvq9wLTPtNkuIMivutLH2CDB1ry8v+Qu',
    '같은 구매가 두 번 청구되었습니다. 환불해 주세요.',
  ],
];

for (const [encoding, base64, text] of wide) {
  test(`without a word about it ${encoding} is known by what it says`, async (t) => {
    t.is(await decode(Buffer.from(base64, 'base64')), text);
  });
}

test('what only programs call an encoding is known, too', async (t) => {
  const [, japanese = '', text = ''] = wide[1] ?? [];

  t.is(await decode(Buffer.from(japanese, 'base64'), 'CP932'), text);
  t.is(await decode(encoded('Schöne Grüße', 'macintosh'), 'MacRoman'), 'Schöne Grüße');
  t.is(await decode(Buffer.from('pNOk06FBvdCwaLTa', 'base64'), 'CHINESEBIG5'), '太太，請退款');
});

test('what a program says for want of a better does not make Russian French', async (t) => {
  const bytes = encoded('С моей карты дважды списали деньги за одну покупку', 'windows-1251');

  for (const said of ['iso-8859-1', 'us-ascii', 'windows-1252', 'utf-8', 'no-such-encoding'])
    t.is(await decode(bytes, said), 'С моей карты дважды списали деньги за одну покупку', said);
});

test('one broken byte in UTF-8 is one broken letter, and not all of them', async (t) => {
  const text = 'Die Gebühr für März ist falsch, schöne Grüße. ';
  const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from(text)]);

  t.is(await decode(broken), `${text}\ufffd${text}`);
  t.is(await decode(broken, 'iso-8859-1'), `${text}\ufffd${text}`);
});

test('where UTF-8 was declared, a few letters of it that are whole say so, too', async (t) => {
  const broken = Buffer.concat([Buffer.from('Grüße aus Köln und '), encoded('München', 'latin1')]);

  t.is(await decode(broken, 'utf-8'), 'Grüße aus Köln und M\ufffdnchen');
});

test('a text that was cut off in the midst of a letter ends before it', async (t) => {
  const text = 'Schöne Grüße an Jörg, 20 €';
  const bytes = Buffer.from(text);

  t.is(await decode(bytes.subarray(0, -1)), text.slice(0, -1));
  t.is(await decode(bytes.subarray(0, -2)), text.slice(0, -1));
});

test('Latin letters of which two look like UTF-8 for once are none', async (t) => {
  const text = 'Comprei «MAÇÃ» há três dias e não recebi o produto, peço a devolução';

  t.is(await decode(Buffer.from(text, 'latin1'), 'iso-8859-1'), text);
  t.is(await decode(Buffer.from(text, 'latin1')), text);
});

test('a declared encoding is right where a byte of it was damaged', async (t) => {
  const text = '我的信用卡被重复扣款，请退还第二笔款项。谢谢。';
  const bytes = Buffer.concat([Buffer.from(wide[0]?.[1] ?? '', 'base64'), Buffer.from([0xff])]);

  t.is(await decode(bytes, 'gb2312'), `${text}\ufffd`);
});

for (const text of [
  '我的信用卡被重复扣款，请退还第二笔款项',
  'С моей карты дважды списали деньги, верните их',
  'Η κάρτα μου χρεώθηκε δύο φορές',
  '신용카드가 두 번 청구되었습니다 환불해 주세요',
]) {
  test(`UTF-16 needs no mark: ${text.slice(0, 10)}`, async (t) => {
    const little = Buffer.from(text, 'utf16le');
    t.is(await decode(little), text);
    t.is(await decode(Buffer.from(little).swap16()), text);
  });
}

test('ASCII of an even length is no Chinese', async (t) => {
  t.is(await decode(Buffer.from('Bush hid the facts')), 'Bush hid the facts');
  t.is(await decode(Buffer.from('Bush hid\x1bthe facts')), 'Bush hid\x1bthe facts');
});

test('what browsers read no longer is read: ISO-2022-KR, ISO-2022-CN, HZ and UTF-7', async (t) => {
  t.is(await decode(Buffer.from('\x1b$)C\x0eC;18<-\x0f 1\n')), '청구서 1\n');
  t.is(await decode(Buffer.from('\x1b$)A\x0eND55\x0f 1\n')), '文档 1\n');
  t.is(await decode(Buffer.from('a ~{VPND~} b ~~'), 'hz-gb-2312'), 'a 中文 b ~');
  t.is(await decode(Buffer.from('Gr+APwA3w-e 1 +- 1'), 'utf-7'), 'Grüße 1 + 1');
  t.is(await decode(Buffer.from('1 + 1 = 2')), '1 + 1 = 2');
});

test('Japanese that was put together of several words is whole', async (t) => {
  t.is(await decode(Buffer.from('\x1b$B@A5a=q\x1b(B\x1b$B@A5a=q\x1b(B.')), '請求書請求書.');
});

test('a few zero bytes end no text', async (t) => {
  const found = await read(Buffer.from('Dear Sir, my card\0\0\0 was charged twice.'), {
    filename: null,
    contentType: null,
  });

  t.is(found.outcome === 'ingested' && found.text, 'Dear Sir, my card was charged twice.');
});

test('a page is read in what it says it is in, however late, and in what its XML declaration says', async (t) => {
  const said = 'С моей карты дважды списали деньги';
  const pages = [
    `<!doctype html><html><head><!--${'x'.repeat(6000)}--><meta charset="windows-1251"></head><body>`,
    '<?xml version="1.0" encoding="windows-1251"?><!DOCTYPE html><html><body>',
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body>',
  ];

  for (const page of pages) {
    const bytes = Buffer.concat([Buffer.from(page), encoded(said, 'windows-1251')]);
    const found = await read(bytes, {filename: null, contentType: null});
    t.is(found.outcome === 'ingested' && found.text, said);
  }
});
