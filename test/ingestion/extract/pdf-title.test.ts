import test from 'ava';
import {asTitle} from '../../../services/ingestion/extract/pdf/title.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {noHints} from './making.ts';
import {pdfWith, words} from './making-pdf.ts';

test('a PDF has the title that it says of itself', async (t) => {
  const pdf = pdfWith({
    content: words('Dear Sir.', 700),
    trailer: '/Info 10 0 R',
    objects: {10: '<</Title<FEFF004D00FC006C006C0065007200200026>>>'},
  });

  t.like(await read(pdf, noHints), {outcome: 'ingested', title: 'Müller &'});
});

const titles: Readonly<Record<string, string | null>> = {
  'Dispute of a charge': 'Dispute of a charge',
  'Microsoft Word - Dispute of a charge.docx': 'Dispute of a charge',
  'Microsoft Word - x.doc': null,
  'letter_final2.pdf': null,
  'C:\\Users\\ann\\letter.doc': null,
  Untitled: null,
  'untitled-1': null,
  '(unspecified)': null,
  Dokument1: null,
  'Microsoft Word - Document1': null,
  'Document of the court': 'Document of the court',
  'Version 2.1': 'Version 2.1',
  ' ': null,
};

for (const [written, title] of Object.entries(titles))
  test(`of the title ${JSON.stringify(written)} is kept ${JSON.stringify(title)}`, (t) => {
    t.is(asTitle(written), title);
  });
