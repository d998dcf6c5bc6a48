/** Word documents that are embedded in another one as files. */
import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {enclosedIn, textIn} from './mail-making.ts';
import {docx, noHints, paragraph, run} from './making.ts';

const letter = (text: string, files: Record<string, string | Uint8Array> = {}) =>
  docx(paragraph(run(text)), files);
const inside = (bytes: Uint8Array, name = 'a.docx') => ({[`word/embeddings/${name}`]: bytes});

test('a document that is embedded in another one is attached to it, and not its text', async (t) => {
  const inner = letter('My card was charged twice.');

  const found = await read(letter('See the letter.', inside(inner, 'Letter 1.docx')), noHints);

  t.is(found.outcome === 'ingested' && found.text, 'See the letter.');
  t.deepEqual(
    enclosedIn(found).map(({filename}) => filename),
    ['Letter 1.docx'],
  );
  t.is(await textIn(enclosedIn(found)[0]?.bytes ?? new Uint8Array()), 'My card was charged twice.');
});

test('what other programs embed is not attached', async (t) => {
  const files = {
    'word/embeddings/oleObject1.bin': 'x',
    'word/embeddings/Sheet.xlsx': 'x',
    'word/a.docx': 'x',
  };

  t.deepEqual(enclosedIn(await read(letter('Dear Sir.', files), noHints)), []);
});

test('an embedded document that is broken is attached as it is', async (t) => {
  const found = await read(letter('Dear Sir.', inside(Buffer.from('x'))), noHints);

  t.deepEqual(
    enclosedIn(found).map(({bytes}) => Buffer.from(bytes).toString()),
    ['x'],
  );
});

test('a cover of nothing but an embedded document is read', async (t) => {
  t.is((await read(docx('', inside(letter('x'))), noHints)).outcome, 'ingested');
});

test('documents that are embedded in each other count for the outermost', async (t) => {
  let deep = letter('innermost');
  for (let depth = 0; depth < 200; depth++) deep = letter(`${depth}`, inside(deep));

  t.is((await read(deep, noHints)).outcome, 'ingested');
  t.is(await textIn(letter('one more', inside(deep))), 'rejected: too-large');
});

test('what embedded documents unpack to counts for the outermost', async (t) => {
  const wide = letter('x', {'word/embeddings/b.docx': ' '.repeat(6 * 1024 * 1024)});

  t.is((await read(letter('x', inside(wide)), noHints)).outcome, 'ingested');
  t.is(await textIn(letter('x', {...inside(wide), ...inside(wide, 'c.docx')})), 'rejected: too-large');
});
