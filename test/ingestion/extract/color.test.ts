/** Which text is told from its ground by its color. */
import test from 'ava';
import {
  black,
  colorOfNumber,
  contrast,
  isOpaqueEnough,
  isSeenOn,
  white,
} from '../../../services/ingestion/extract/color.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {docx, noHints, paragraph, pdf, run} from './making.ts';

/** A page, a Word document and a PDF that each show a word, and one more in a gray on white. */
function documentsWith(gray: number): Uint8Array[] {
  const digits = gray.toString(16).padStart(2, '0').repeat(3);
  const line = `BT /F1 12 Tf 72 700 Td (Shown) Tj ET ${gray / 255} g BT /F1 12 Tf 72 600 Td (mark) Tj ET`;
  return [
    Buffer.from(`<!doctype html><p>Shown<p style="color:#${digits}">mark`),
    docx(paragraph(run('Shown')) + paragraph(run('mark', `<w:color w:val="${digits}"/>`))),
    pdf(line),
  ];
}

async function whichShow(documents: readonly Uint8Array[]): Promise<boolean[]> {
  const found = await Promise.all(documents.map((bytes) => read(bytes, noHints)));
  return found.map((one) => one.outcome === 'ingested' && one.text.includes('mark'));
}

test('a gray is seen on white in every format, or in none', async (t) => {
  t.deepEqual(await whichShow(documentsWith(242)), [true, true, true]);
  t.deepEqual(await whichShow(documentsWith(243)), [false, false, false]);
});

test('a color stands out by the most that its parts differ, and by as much as it covers', (t) => {
  t.is(contrast(black, white), 255);
  t.is(contrast({...black, alpha: 0.2}, white), 51);
  t.is(contrast(colorOfNumber(0x102030), colorOfNumber(0x102040)), 16);
  t.true(isSeenOn(colorOfNumber(0xeeeeee), white));
  t.false(isSeenOn(colorOfNumber(0xfefefe), white));
});

test('what covers next to nothing is seen on no ground', (t) => {
  t.deepEqual([0, 0.04, 0.06, 1].map(isOpaqueEnough), [false, false, true, true]);
});
