/** Files that are embedded in a PDF are documents that came with it. */
import {deflateSync} from 'node:zlib';
import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {noHints} from './making.ts';
import {pdfWith, stream, words} from './making-pdf.ts';

const letter = pdfWith({content: words('Please close my account.', 700)});
const cover = words('Open this portfolio in another viewer.', 700);
const spec = (file: number, name: string) => `<</Type/Filespec/F(${name})/UF(${name})/EF<</F ${file} 0 R>>>>`;

/** A PDF with files in its list. */
function portfolio(files: readonly Uint8Array[], content = cover): Buffer {
  const names = files.map((_, index) => `(${index})${1000 + index} 0 R`).join('');
  const objects: Record<number, string | Uint8Array> = {};
  for (const [index, file] of files.entries()) {
    objects[1000 + index] = spec(2000 + index, `folder/file ${index}.pdf`);
    objects[2000 + index] = stream(file, '/Type/EmbeddedFile');
  }
  return pdfWith({
    content,
    catalog: `/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[${names}]>>>>`,
    objects,
  });
}

test('the files of a portfolio are attached to it, with their bytes', async (t) => {
  const extraction = await read(portfolio([letter]), noHints);

  if (extraction.outcome === 'rejected') return t.fail(extraction.reason);
  t.is(extraction.text, 'Open this portfolio in another viewer.');
  t.deepEqual(extraction.attachments, [
    {filename: 'folder/file 0.pdf', contentType: 'application/pdf', bytes: Uint8Array.from(letter)},
  ]);
});

test('a portfolio without a word on its page is read for what is attached to it', async (t) => {
  t.like(await read(portfolio([letter], ''), noHints), {
    outcome: 'ingested',
    text: '',
    pages: 1,
    pagesRead: 0,
  });
});

test('a file has the media type that is declared, else that of its bytes', async (t) => {
  const types = ['/Subtype/text#2Fxml', '/Subtype/Nonsense', ''].map((entry, index) => [
    10 + index,
    stream(index === 0 ? '<Invoice/>' : '\x01\x02', `/Type/EmbeddedFile${entry}`),
  ]);
  const names = [10, 11, 12].map((number) => `(${number})${number + 10} 0 R`).join('');
  const specs = [10, 11, 12].map((number) => [number + 10, spec(number, `${number}.bin`)]);
  const pdf = pdfWith({
    content: cover,
    catalog: `/Names<</EmbeddedFiles<</Names[${names}]>>>>`,
    objects: Object.fromEntries([...types, ...specs]),
  });

  const extraction = await read(pdf, noHints);

  t.deepEqual(
    extraction.outcome === 'ingested' && extraction.attachments.map(({contentType}) => contentType),
    ['text/xml', 'application/octet-stream', 'application/octet-stream'],
  );
});

test('a file that lies on a page is attached, once', async (t) => {
  const pdf = pdfWith({
    content: cover,
    page: '/Annots[20 0 R 21 0 R]',
    catalog: '/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>',
    objects: {
      10: spec(11, 'listed.pdf'),
      11: stream(letter, '/Type/EmbeddedFile'),
      12: spec(11, 'pinned.pdf'),
      20: '<</Type/Annot/Subtype/FileAttachment/FS 10 0 R/Rect[80 500 100 520]>>',
      21: '<</Type/Annot/Subtype/FileAttachment/FS 12 0 R/Rect[80 400 100 420]>>',
    },
  });

  const extraction = await read(pdf, noHints);

  t.deepEqual(extraction.outcome === 'ingested' && extraction.attachments.map(({filename}) => filename), [
    'listed.pdf',
    'pinned.pdf',
  ]);
});

test('a PDF is refused that has more than 200 files in it, at whatever depth', async (t) => {
  const some = (count: number) => Array.from({length: count}, () => letter);

  t.like(await read(portfolio(some(200)), noHints), {outcome: 'ingested'});
  t.like(await read(portfolio(some(201)), noHints), {outcome: 'rejected', reason: 'too-large'});
  t.like(await read(portfolio([portfolio(some(100)), portfolio(some(100))]), noHints), {
    outcome: 'rejected',
    reason: 'too-large',
  });
});

test('a PDF is refused whose files unpack to more than 100 MiB', async (t) => {
  const bomb = deflateSync(new Uint8Array(60 * 1024 * 1024));
  const pdf = pdfWith({
    content: cover,
    catalog: '/Names<</EmbeddedFiles<</Names[(a)10 0 R(b)12 0 R]>>>>',
    objects: {
      10: spec(11, 'a'),
      11: stream(bomb, '/Filter/FlateDecode'),
      12: spec(11, 'b'),
    },
  });

  t.like(await read(pdf, noHints), {outcome: 'rejected', reason: 'too-large'});
});

test('a file that is missing keeps nothing else from being read', async (t) => {
  const pdf = pdfWith({
    content: cover,
    catalog: '/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>',
    objects: {10: spec(99, 'a')},
  });

  t.like(await read(pdf, noHints), {outcome: 'ingested', attachments: []});
});
