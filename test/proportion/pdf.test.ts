/** No PDF costs more than in proportion to what is in it. */
import test from 'ava';
import {asTitle} from '../../services/ingestion/extract/pdf/title.ts';
import {read} from '../../services/ingestion/extract/read.ts';
import {noHints} from '../ingestion/extract/making.ts';
import {pdfWith, stream, words} from '../ingestion/extract/making-pdf.ts';
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

const heavy: Readonly<Record<string, string>> = {
  'lines without end': `0 0 m ${many(100_000, (at) => `${(at * 37) % 612} ${(at * 91) % 792} l`)} S`,
  'dashed lines': `[1 1] 0 d ${many(30_000, (at) => `${(at * 37) % 612} 0 m ${(at * 91) % 612} 792 l S`)}`,
  'boxes as large as the page': many(50_000, () => '0 0 612 792 re f'),
};

for (const [name, content] of Object.entries(heavy))
  test.serial(`what takes too long to draw is not drawn: ${name}`, async (t) => {
    const pdf = pdfWith({content: `${title} q 1 1 0.95 rg ${content} Q ${words('Dear Sir.', 700, '1 g')}`});
    const cpu = process.threadCpuUsage();

    const extraction = await read(pdf, noHints);

    const {user, system} = process.threadCpuUsage(cpu);
    t.like(extraction, {outcome: 'ingested', text: 'Complaint form\nDear Sir.'});
    t.true(user + system < 3_000_000, `${((user + system) / 1000).toFixed(0)} ms`);
  });
