/** No PDF costs more than in proportion to what is in it. */
import test from 'ava';
import {asTitle} from '../../services/ingestion/extract/pdf/title.ts';
import {read} from '../../services/ingestion/extract/read.ts';
import {noHints} from '../ingestion/extract/making.ts';
import {type Made, pdfWith, stream, words} from '../ingestion/extract/making-pdf.ts';
import {growth} from './cost.ts';

interface Case {
  /** Of the smaller of two inputs. */
  readonly size: number;
  readonly make: (size: number) => Uint8Array;
}

const title = words('Complaint form', 760);

function many(size: number, one: (index: number) => string): string {
  return Array.from({length: size}, (_, index) => one(index)).join('\n');
}

/** A PDF with so many annotations on its page, which are the fields of its form. */
function annotated(size: number, one: (index: number) => string): Uint8Array {
  const list = many(size, (index) => `${100 + index} 0 R`);
  const objects = Array.from({length: size}, (_, index) => [100 + index, `<</Type/Annot${one(index)}>>`]);
  return pdfWith({
    content: title + many(size, (index) => words('Label', index % 800)),
    page: `/Annots[${list}]`,
    catalog: `/AcroForm<</Fields[${list}]>>`,
    objects: Object.fromEntries(objects),
  });
}

const cases: Readonly<Record<string, Case>> = {
  'words in white': {
    size: 4_000,
    make: (size) => pdfWith({content: title + many(size, (at) => words('no', at % 790, '1 g'))}),
  },
  'words in white on boxes': {
    size: 2_000,
    make: (size) =>
      pdfWith({
        content: title + many(size, (at) => `0 g 70 ${at % 780} 30 20 re f ${words('no', at % 780, '1 g')}`),
      }),
  },
  'words in layers': {
    size: 2_000,
    make: (size) =>
      pdfWith({content: title + many(size, (at) => `/OC /Off BDC ${words('no', at % 790)} EMC`)}),
  },
  'words in forms': {
    size: 400,
    make: (size) =>
      pdfWith({
        content: title + many(size, () => '/Form Do'),
        resources: '/XObject<</Form 10 0 R>>',
        objects: {
          10: stream(
            words('no', 700),
            '/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>',
          ),
        },
      }),
  },
  'fields that are filled in': {
    size: 800,
    make: (size) =>
      annotated(
        size,
        (at) => `/Subtype/Widget/FT/Tx/T(field ${at})/V(${at})/Rect[200 ${at % 780} 300 ${(at % 780) + 12}]`,
      ),
  },
  'notes on a page': {
    size: 3_000,
    make: (size) => annotated(size, (at) => `/Subtype/FreeText/Contents(Note ${at})/Rect[80 500 300 540]`),
  },
};

for (const [name, {size, make}] of Object.entries(cases))
  test.serial(`twice of it costs twice as much: ${name}`, async (t) => {
    const times = await growth(size, make, (bytes) => read(Uint8Array.from(bytes), noHints));
    t.log(`${times.toFixed(2)} times`);
    t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
  });

test.serial('twice of it costs twice as much: a title of spaces', async (t) => {
  const times = await growth(1_000_000, (size) => `a${' '.repeat(size)}b`, asTitle);
  t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
});

const seeThrough =
  '/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Group<</S/Transparency>>/Resources<</ExtGState<</Mix <</BM/Multiply>>>>/Font<</F1 5 0 R>>>>';

const heavy: Readonly<Record<string, Made>> = {
  'lines without end': {
    content: `0 0 m ${many(100_000, (at) => `${(at * 37) % 612} ${(at * 91) % 792} l`)} S`,
  },
  'dashed lines': {
    content: `[1 1] 0 d ${many(30_000, (at) => `${(at * 37) % 612} 0 m ${(at * 91) % 612} 792 l S`)}`,
  },
  'boxes as large as the page': {content: many(50_000, () => '0 0 612 792 re f')},
  'boxes that are mixed': {
    content: `/Mix gs ${many(500, () => '0 0 612 792 re f')}`,
    resources: '/ExtGState<</Mix <</BM/Multiply>>>>',
  },
  'groups that are mixed': {
    content: `/Mix gs ${many(500, () => '/Form Do')}`,
    resources: '/ExtGState<</Mix <</BM/Multiply>>>>/XObject<</Form 10 0 R>>',
    objects: {10: stream(`/Mix gs 0 0 612 792 re f ${words('(no)', 10, '1 g')}`, seeThrough)},
  },
  'a tiny pattern': {
    content: `/Pattern cs /Dots scn ${many(500, () => '0 0 612 792 re f')}`,
    resources: '/Pattern<</Dots 10 0 R>>',
    objects: {
      10: stream(
        '0 0 1 1 re f',
        '/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 2 2]/XStep 2/YStep 2/Resources<<>>',
      ),
    },
  },
  'paths that clip each other': {
    content: many(
      100,
      () => `0 0 m ${many(1_000, (at) => `${(at * 37) % 612} ${(at * 91) % 792} l`)} W n 0 0 9 9 re f`,
    ),
  },
  'letters that are drawings': {
    content: `1 g BT /F2 12 Tf 72 600 Td (${'a'.repeat(1_000)}) Tj ET`,
    objects: {
      6: '<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[0.1 0 0 0.1 0 0]/CharProcs<</a 10 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]/Resources<<>>>>',
      10: stream(`10 0 d0 0 0 m ${many(20_000, (at) => `${at % 10} ${(at * 7) % 10} l`)} f`),
    },
  },
};

for (const [name, {content, ...made}] of Object.entries(heavy))
  test.serial(`what takes too long to draw is not drawn: ${name}`, async (t) => {
    const white = `q 1 1 0.95 rg 60 690 300 30 re f Q ${words('Dear Sir.', 700, '1 g')}`;
    const pdf = pdfWith({...made, content: `${title} ${white} q ${content} Q`});
    const cpu = process.threadCpuUsage();

    const extraction = await read(pdf, noHints);

    const {user, system} = process.threadCpuUsage(cpu);
    t.is(extraction.outcome, 'ingested');
    t.true(user + system < 3_000_000, `${((user + system) / 1000).toFixed(0)} ms`);
  });
