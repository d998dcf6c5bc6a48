/** Fields, forms and symbols of Word documents, as their reader sees them. */
import test from 'ava';
import {readDocx} from '../../../services/ingestion/extract/word/docx.ts';
import {docx, noHints, paragraph, part, run} from './making.ts';

async function textOf(body: string, files: Record<string, string> = {}): Promise<string> {
  return (await readDocx(docx(body, files), noHints)).text.trim();
}

const mark = (kind: string, form = '') => `<w:r><w:fldChar w:fldCharType="${kind}">${form}</w:fldChar></w:r>`;
const code = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
const form = (content: string) => `<w:ffData><w:name w:val="f"/>${content}</w:ffData>`;
const field = (content: string, result = '') =>
  mark('begin', form(content)) +
  code('FORM') +
  (result === '' ? '' : mark('separate') + run(result)) +
  mark('end');
const symbol = (font: string, char: string) => `<w:r><w:sym w:font="${font}" w:char="${char}"/></w:r>`;

test('a check box of a form shows whether it is checked', async (t) => {
  const box = (state: string) =>
    paragraph(field(`<w:checkBox><w:sizeAuto/>${state}</w:checkBox>`), run(' yes'));
  const off = '<w:default w:val="0"/>';

  t.is(await textOf(box(off)), '☐ yes');
  t.is(await textOf(box('<w:default w:val="1"/>')), '☒ yes');
  t.is(await textOf(box(`${off}<w:checked/>`)), '☒ yes');
  t.is(await textOf(box(`<w:default/><w:checked w:val="0"/>`)), '☐ yes');
});

test('a list of a form shows what was chosen, once', async (t) => {
  const entries = '<w:listEntry w:val="Visa"/><w:listEntry w:val="Amex"/>';
  const choice = (state: string, result = '') =>
    paragraph(run('Card: '), field(`<w:ddList>${state}${entries}</w:ddList>`, result));

  t.is(await textOf(choice('<w:result w:val="1"/>')), 'Card: Amex');
  t.is(await textOf(choice('')), 'Card: Visa');
  t.is(await textOf(choice('<w:default w:val="1"/>')), 'Card: Amex');
  t.is(await textOf(choice('<w:result w:val="1"/>', 'Amex')), 'Card: Amex');
  t.is(await textOf(choice('<w:result w:val="7"/>')), 'Card:');
});

test('of a field that asks another one its own result alone is read', async (t) => {
  const inner = mark('begin') + code('MERGEFIELD Title') + mark('separate') + run('asked') + mark('end');
  const body = paragraph(
    mark('begin'),
    code('IF'),
    inner,
    code('= "x"'),
    mark('separate'),
    run('answered'),
    mark('end'),
    run('!'),
  );

  t.is(await textOf(body), 'answered!');
});

test('a field that lost its end takes no more than its paragraph', async (t) => {
  t.is(await textOf(paragraph(mark('begin'), code('REF x')) + paragraph(run('letter'))), 'letter');
  t.is(await textOf(paragraph(mark('end'), mark('separate'), run('letter'))), 'letter');
});

test('the check box of a content control is the character that it shows', async (t) => {
  const control = (content: string) =>
    `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;

  t.is(
    await textOf(paragraph(control(run('☒')), run(' a'), control(symbol('Wingdings', 'F0FE')), run(' b'))),
    '☒ a☑ b',
  );
});

test('symbols are read by their font, and those that are unknown are left out', async (t) => {
  const shown: [font: string, char: string, text: string][] = [
    ['Wingdings', 'F0FC', '✓'],
    ['Wingdings', 'F0FE', '☑'],
    ['Wingdings', 'F0A8', '☐'],
    ['Wingdings', 'F0E0', '→'],
    ['wingdings', '00D8', '➢'],
    ['Wingdings 2', 'F052', '☑'],
    ['Webdings', 'F061', '✓'],
    ['Symbol', 'F0B7', '•'],
    ['Symbol', 'F061', 'α'],
    ['Symbol', 'F0B3', '≥'],
    ['MS Gothic', '2610', '☐'],
    ['Arial', '00A7', '§'],
    ['Wingdings', 'F0FF', ''],
    ['Arial', 'F0B7', ''],
    ['Symbol', 'E123', ''],
    ['Symbol', 'D800', ''],
    ['Symbol', 'FFFFFF', ''],
    ['Symbol', 'zz', ''],
  ];

  for (const [font, char, text] of shown)
    t.is(await textOf(paragraph(run('['), symbol(font, char), run(']'))), `[${text}]`, `${font} ${char}`);
});

test('text in a font of symbols is what it looks like', async (t) => {
  const styles = part(
    'styles',
    '<w:style w:type="character" w:styleId="W"><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:style>',
  );
  const body = paragraph(
    run('ü \uf0fe', '<w:rStyle w:val="W"/>'),
    run(' S', '<w:rFonts w:ascii="Symbol"/>'),
    run(' ü', '<w:rStyle w:val="W"/><w:rFonts w:ascii="Symbol" w:asciiTheme="minorHAnsi"/>'),
    run(' ü', '<w:rStyle w:val="W"/><w:rFonts w:hint="eastAsia"/>'),
  );

  t.is(await textOf(body, {'word/styles.xml': styles}), '✓ ☑ Σ ü ✓');
});

test('what is aligned by a tab of its own keeps apart', async (t) => {
  const aligned = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>';

  t.is(await textOf(paragraph(run('left'), aligned, run('right'))), 'left\tright');
});

test('elements that are called like what every object knows are no text', async (t) => {
  t.is(await textOf(paragraph('<w:r><w:constructor/><w:toString/><w:t>a</w:t></w:r>')), 'a');
});
