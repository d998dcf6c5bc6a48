import test from 'ava';
import {type Extraction, extractor} from '../../../services/ingestion/extract/extract.ts';
import {mailWith} from './mail-with.ts';
import {docx, line, noHints, paragraph, pdf, run} from './making.ts';

const letter = new TextEncoder().encode('Please close my checking account and send me the balance by check.');

function rejected(reason: string): Extraction {
  return {outcome: 'rejected', reason} as Extraction;
}

test.serial('a document that takes too long is given up, and those behind it are read', async (t) => {
  const reader = extractor({timeoutMs: 500});
  t.teardown(() => reader.close());
  await reader.warm();
  const endless = pdf(`BT /F1 12 Tf 72 700 Td ${'(a) Tj '.repeat(3_000_000)} ET`);

  const [first, second] = await Promise.all([
    reader.extract(endless, noHints),
    reader.extract(letter, noHints),
  ]);

  t.deepEqual(first, rejected('timed-out'));
  t.is(second.outcome, 'ingested');
});

test.serial('a document that fills the memory is given up, and those behind it are read', async (t) => {
  const others = extractor();
  t.teardown(() => others.close());
  await others.extract(letter, noHints);
  const reader = extractor({maxRssBytes: process.memoryUsage.rss() + 250 * 1024 * 1024});
  t.teardown(() => reader.close());
  const bomb = pdf(new Uint8Array(200 * 1024 * 1024).fill(0x20));
  t.true(bomb.length < 2 * 1024 * 1024);

  const [first, second] = await Promise.all([reader.extract(bomb, noHints), reader.extract(letter, noHints)]);

  t.deepEqual(first, rejected('too-large'));
  t.is(second.outcome, 'ingested');
});

test.serial('documents are refused for what is in them before it is all read', async (t) => {
  const reader = extractor();
  t.teardown(() => reader.close());
  const head =
    'From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n';
  const documents = {
    'a document over 25 MiB': new Uint8Array(25 * 1024 * 1024 + 1).fill(0x61),
    'a page of 100,000 nested elements': Buffer.from(`<html><body>${'<div>'.repeat(100_000)}`),
    'a mail of 20,000 parts': Buffer.from(head + '--b\r\n\r\npart\r\n'.repeat(20_000)),
    'a mail of 201 attachments': Buffer.from(
      head + '--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n'.repeat(201),
    ),
    'a mail of 15 mails of 15 attachments each': mailWith(
      Array.from({length: 15}, () => mailWith(Array.from({length: 15}, () => Buffer.from('My mortgage.')))),
    ),
    'a mail nested 100 deep': Buffer.from(
      head +
        Array.from(
          {length: 100},
          (_, n) => `--b${n || ''}\r\nContent-Type: multipart/mixed; boundary="b${n + 1}"\r\n\r\n`,
        ).join(''),
    ),
    'an archive that unpacks to 12 MiB': docx(paragraph(run('a'.repeat(12 * 1024 * 1024)))),
  };

  for (const [name, bytes] of Object.entries(documents)) {
    t.deepEqual(await reader.extract(bytes, noHints), rejected('too-large'), name);
  }
});

test.serial('of a long document the beginning is read, and how much of it is said', async (t) => {
  const reader = extractor();
  t.teardown(() => reader.close());
  const pages = pdf(
    ...Array.from({length: 2_100}, (_, index) => line(`This is page ${index + 1} of the statement.`)),
  );
  const text = Buffer.from('All work and no play. '.repeat(100_000));

  const statement = await reader.extract(pages, noHints);
  const novel = await reader.extract(text, noHints);

  t.like(statement, {outcome: 'ingested', pages: 2_100, pagesRead: 2_000});
  t.true(novel.outcome === 'ingested' && novel.text.length <= 2_000_000 && novel.text.length > 1_999_000);
});

test.serial('a page whose content is broken does not keep the others from being read', async (t) => {
  const reader = extractor();
  t.teardown(() => reader.close());

  const extraction = await reader.extract(
    pdf(line('First page.'), '(((( BT garbage', line('Third page.')),
    noHints,
  );

  t.true(extraction.outcome === 'ingested' && /First page\.[\s\S]*Third page\./.test(extraction.text));
});

test.serial('the bytes that were given stay usable', async (t) => {
  const reader = extractor();
  t.teardown(() => reader.close());
  const bytes = Uint8Array.from(letter);

  await reader.extract(bytes, noHints);

  t.deepEqual(bytes, letter);
});

test.serial('a closed extractor says so, also to documents that still waited', async (t) => {
  const reader = extractor();
  const waiting = reader.extract(letter, noHints);
  await reader.close();

  await t.throwsAsync(waiting, {message: /closed/});
  await t.throwsAsync(reader.extract(letter, noHints), {message: /closed/});
});
