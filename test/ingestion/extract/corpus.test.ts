/** Documents of other projects and hostile ones, which lie outside of this one. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {type Extraction, extractor} from '../../../services/ingestion/extract/extract.ts';
import {skip} from '../../skip.ts';

const shared = fileURLToPath(new URL('../../../../shared/documents/', import.meta.url));

/** Formats that have no reader yet: what the list expects of them is not what happens. */
const notYet = new Set([
  'testWORD.doc',
  'testRTFUmlautSpaces.rtf',
  'testEXCEL.xlsx',
  'test-outlook2003.msg',
  'testMSG_att_doc.msg',
]);

const outcomes: Record<string, string> = {
  ok: 'ingested',
  password: 'rejected: encrypted',
  no_text: 'rejected: no-text',
  corrupt: 'rejected: corrupt',
};

test('documents of other projects turn out as their list says', async (t) => {
  if (isAbsent(t, 'extraction')) return;
  const reader = extractor();
  t.teardown(() => reader.close());
  const [, ...rows] = readFileSync(`${shared}extraction/MANIFEST.tsv`, 'utf8').trim().split('\n');

  for (const row of rows) {
    const [file = '', , , , , expected = '', phrase = ''] = row.split('\t');
    const extraction = await reader.extract(bytesOf(`extraction/${file}`), {
      filename: file,
      contentType: null,
    });
    t.is(
      inWords(extraction),
      notYet.has(file) ? 'rejected: unsupported' : (outcomes[expected] ?? expected),
      file,
    );
    if (extraction.outcome === 'ingested') t.true(squeezed(extraction.text).includes(squeezed(phrase)), file);
  }
});

test('hostile documents all end ingested or rejected, in time and within memory', async (t) => {
  if (isAbsent(t, 'extraction-nasty')) return;
  t.timeout(60_000);
  const reader = extractor();
  t.teardown(() => reader.close());
  const files = readdirSync(`${shared}extraction-nasty`).filter((file) =>
    /\.(pdf|docx|eml|html|txt)$/.test(file),
  );

  for (const file of files) {
    const started = performance.now();
    const extraction = await reader.extract(bytesOf(`extraction-nasty/${file}`), {
      filename: null,
      contentType: null,
    });
    t.true(performance.now() - started < 20_000, file);
    t.not(inWords(extraction), 'rejected: timed-out', file);
    const expected = `${shared}extraction-nasty/_${file.replace('.txt', '.expect')}`;
    if (!existsSync(expected)) continue;
    const text = readFileSync(expected, 'utf8').normalize('NFC').trim();
    t.is(extraction.outcome === 'ingested' ? extraction.text : inWords(extraction), text, file);
  }
  t.true(process.resourceUsage().maxRSS < 1.2 * 1024 * 1024, 'below 1.2 GiB');
});

test('hostile documents are told apart from readable ones', async (t) => {
  if (isAbsent(t, 'extraction-nasty')) return;
  const reader = extractor();
  t.teardown(() => reader.close());
  const expected = {
    'billion_laughs.docx': 'rejected: corrupt',
    'xxe.docx': 'rejected: corrupt',
    'html_deep_100k.html': 'rejected: too-large',
    'parts_20000.eml': 'rejected: too-large',
    'nested_multipart_2000.eml': 'rejected: too-large',
    'nested_rfc822_200.eml': 'ingested',
    'page_tree_loop.pdf': 'rejected: corrupt',
    'random_bytes.pdf': 'rejected: unsupported',
    'empty.pdf': 'rejected: empty',
    'whitespace.txt': 'rejected: empty',
    'wrong_ext_docx_as.pdf': 'ingested',
    'cjk_zh_GBKEUC.pdf': 'ingested',
    'deep_nesting.docx': 'ingested',
  };

  for (const [file, outcome] of Object.entries(expected)) {
    const extraction = await reader.extract(bytesOf(`extraction-nasty/${file}`), {
      filename: file,
      contentType: null,
    });
    t.is(inWords(extraction), outcome, file);
  }
});

test('the language of letters in 16 languages is found', async (t) => {
  if (isAbsent(t, 'language-samples')) return;
  const reader = extractor();
  t.teardown(() => reader.close());

  for (const file of readdirSync(`${shared}language-samples`).filter((name) => name.endsWith('.txt'))) {
    const letter = readFileSync(`${shared}language-samples/${file}`, 'utf8').slice(0, 800);
    const extraction = await reader.extract(Buffer.from(letter), {filename: file, contentType: null});
    t.like(extraction, {outcome: 'ingested', language: file.slice(0, 2)});
  }
});

test('real invoices are read to the last page', async (t) => {
  if (isAbsent(t, 'invoices')) return;
  const reader = extractor();
  t.teardown(() => reader.close());

  for (const file of readdirSync(`${shared}invoices`).filter((name) => name.endsWith('.pdf'))) {
    const extraction = await reader.extract(bytesOf(`invoices/${file}`), {filename: file, contentType: null});
    t.true(extraction.outcome === 'ingested' && extraction.pages === extraction.pagesRead, file);
  }
});

function isAbsent(t: ExecutionContext, folder: string): boolean {
  if (existsSync(shared + folder)) return false;
  skip(t, `there is no ${shared}${folder}`);
  return true;
}

function bytesOf(name: string): Uint8Array {
  return readFileSync(shared + name);
}

function inWords(extraction: Extraction): string {
  return extraction.outcome === 'ingested' ? 'ingested' : `rejected: ${extraction.reason}`;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
