import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {documentIngested} from '../../../services/events/document-ingested.ts';
import {type Extraction, type Extractor, extractor} from '../../../services/ingestion/extract/extract.ts';

let reader: Extractor;
test.before(() => {
  reader = extractor();
});
test.after.always(() => reader.close());

const folder = new URL('../../documents/', import.meta.url);

function extract(filename: string, hintedName: string | null = filename): Promise<Extraction> {
  return reader.extract(readFileSync(new URL(filename, folder)), {filename: hintedName, contentType: null});
}

async function ingested(t: ExecutionContext, filename: string, hintedName?: string | null) {
  const extraction = await extract(filename, hintedName);
  if (extraction.outcome === 'ingested') return extraction;
  return t.fail(`Expected ${filename} to be ingested, got ${extraction.reason}.`) as never;
}

test('a PDF is read page by page', async (t) => {
  const letter = await ingested(t, 'mortgage-escrow.pdf');

  t.is(letter.contentType, 'application/pdf');
  t.is(letter.language, 'en');
  t.is(letter.pages, 2);
  t.is(letter.pagesRead, 2);
  t.regex(letter.text, /escrow account is short by \$1,846\.20/);
  t.regex(letter.text, /Receipt of the City of Portland/);
});

test('a Word document is read with its title, and its table row by row', async (t) => {
  const letter = await ingested(t, 'debt-collection.docx');

  t.is(letter.title, 'Dispute of a debt that is not mine');
  t.is(letter.pages, null);
  t.regex(letter.text, /about a debt of \$2,310\.55/);
  t.regex(letter.text, /January 9\t6:40 am\nJanuary 22\t6:55 am\n/);
});

test('a mail gives its subject, sender, plain text and attachments', async (t) => {
  const mail = await ingested(t, 'credit-report.eml');

  t.is(mail.contentType, 'message/rfc822');
  t.is(mail.title, 'Wrong account on my credit report – third request');
  t.deepEqual(mail.sender, {name: 'Renée Okafor', address: 'renee.okafor@example.net'});
  t.regex(mail.text, /^Hello,\n\nmy credit report still shows an auto loan/);
  t.notRegex(mail.text, /formatted text/);
  t.deepEqual(
    mail.attachments.map(({filename, contentType}) => [filename, contentType]),
    [
      ['Ablehnung – lender’s letter.pdf', 'application/pdf'],
      ['accounts.csv', 'text/csv'],
    ],
  );
  for (const {contentType} of mail.attachments) {
    t.deepEqual(documentIngested.faults({...documentIngested.example, contentType}), []);
  }
});

test('an attachment has the bytes of the document that was attached', async (t) => {
  const mail = await ingested(t, 'credit-report.eml');

  t.deepEqual(
    Buffer.from(mail.attachments[0]?.bytes ?? []),
    readFileSync(new URL('mortgage-escrow.pdf', folder)),
  );
});

test('a web page is read as it is seen: nothing hidden, a line per block, a tab per cell', async (t) => {
  const page = await ingested(t, 'credit-card.html');

  t.is(page.contentType, 'text/html');
  t.is(page.title, 'My card was declined & closed');
  t.is(
    page.text,
    [
      'Dear Lone Prairie Bank,',
      'on Saturday my card was declined in a pharmacy, and when I called, I was told that my account had been ' +
        'closed “for inactivity”. I used the card twice last month.',
      'Date\tAmount',
      'May 3\t$21.10',
      'May 19\t$64.00',
      'Please reopen my account.',
      'Please restore my credit limit.',
      'Oscar Lindqvist',
    ].join('\n'),
  );
});

test('plain text is kept as it was written', async (t) => {
  const letter = await ingested(t, 'credit-card.txt');

  t.is(letter.contentType, 'text/plain');
  t.is(letter.text, readFileSync(new URL('credit-card.txt', folder), 'utf8').trim());
});

test('Markdown and CSV are text, which only their names tell apart', async (t) => {
  t.is((await ingested(t, 'complaint.md')).contentType, 'text/markdown');
  t.is((await ingested(t, 'charges.csv')).contentType, 'text/csv');
  t.is((await ingested(t, 'charges.csv', null)).contentType, 'text/plain');
});

test('text is decoded from Windows-1252, Windows-1250 and UTF-16 without a byte order mark', async (t) => {
  const german = await ingested(t, 'kreditkarte-windows-1252.txt');
  const wide = await ingested(t, 'kreditkarte-utf-16.txt');
  const polish = await ingested(t, 'raport-windows-1250.txt');

  t.regex(german.text, /^Jürgen Großmann\nMühlenstraße 14\n/);
  t.is(german.language, 'de');
  t.is(wide.text, german.text);
  t.regex(polish.text, /którą spłaciłam w całości w maju\. Załączam potwierdzenie/);
  t.is(polish.language, 'pl');
});

test('what a document is called does not matter', async (t) => {
  t.is((await ingested(t, 'mortgage-escrow.pdf', 'letter.docx')).contentType, 'application/pdf');
  t.is((await ingested(t, 'credit-report.eml', 'letter.txt')).contentType, 'message/rfc822');
  t.is((await ingested(t, 'credit-card.html', null)).contentType, 'text/html');
});

const rejected = {
  'encrypted.pdf': 'encrypted',
  'encrypted.docx': 'encrypted',
  'truncated.pdf': 'corrupt',
  'truncated.docx': 'corrupt',
  'empty.txt': 'empty',
  'blank.txt': 'empty',
  'scan.pdf': 'no-text',
  'photo.png': 'unsupported',
  'debt-collection.doc': 'unsupported',
  'debt-collection.rtf': 'unsupported',
};

for (const [filename, reason] of Object.entries(rejected)) {
  test(`${filename} is rejected as ${reason}`, async (t) => {
    t.deepEqual(await extract(filename), {outcome: 'rejected', reason} as Extraction);
  });
}
