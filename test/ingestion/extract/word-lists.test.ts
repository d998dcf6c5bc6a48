/** Numbers that Word writes before the paragraphs of lists. */
import test from 'ava';
import {readDocx} from '../../../services/ingestion/extract/word/docx.ts';
import {docx, noHints, paragraph, part, run} from './making.ts';

async function linesOf(body: string[], numbering: string, styles = ''): Promise<string[]> {
  const document = docx(body.join(''), {
    'word/numbering.xml': part('numbering', numbering),
    'word/styles.xml': part('styles', styles),
  });
  return (await readDocx(document, noHints)).text.trim().split('\n');
}

function item(text: string, level: number | null = 0, list = 1, more = ''): string {
  const depth = level === null ? '' : `<w:ilvl w:val="${level}"/>`;
  const properties = `<w:numPr>${depth}<w:numId w:val="${list}"/></w:numPr>`;
  return paragraph(`<w:pPr>${properties}${more}</w:pPr>`, run(text));
}

function level(index: number, format: string, text: string, more = '<w:start w:val="1"/>'): string {
  return `<w:lvl w:ilvl="${index}">${more}<w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
}

function kind(id: number, ...levels: string[]): string {
  return `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`;
}

function list(id: number, of: number, more = ''): string {
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${more}</w:num>`;
}

const simple = kind(0, level(0, 'decimal', '%1.')) + list(1, 0);

test('a paragraph of a list has its number before it', async (t) => {
  const lines = await linesOf([item('first'), paragraph(run('between')), item('second')], simple);

  t.deepEqual(lines, ['1. first', 'between', '2. second']);
});

const formats: [format: string, ...expected: string[]][] = [
  ['decimal', '1', '2'],
  ['decimalZero', '01', '02'],
  ['lowerLetter', 'a', 'b'],
  ['upperLetter', 'A', 'B'],
  ['lowerRoman', 'i', 'ii'],
  ['upperRoman', 'I', 'II'],
  ['ordinal', '1st', '2nd'],
  ['decimalEnclosedParen', '(1)', '(2)'],
  ['decimalEnclosedCircle', '①', '②'],
  ['none', '', ''],
];

test('numbers are written in the format of their level', async (t) => {
  for (const [format, first, second] of formats) {
    const lines = await linesOf([item('a'), item('b')], kind(0, level(0, format, '[%1]')) + list(1, 0));
    t.deepEqual(lines, [`[${first}] a`, `[${second}] b`], format);
  }
});

test('numbers go on where letters and numerals have to start over', async (t) => {
  const at = async (start: number, format: string) =>
    (
      await linesOf([item('x')], kind(0, level(0, format, '%1', `<w:start w:val="${start}"/>`)) + list(1, 0))
    )[0];

  t.deepEqual(await Promise.all([26, 27, 53].map((start) => at(start, 'lowerLetter'))), [
    'z x',
    'aa x',
    'aaa x',
  ]);
  t.deepEqual(await Promise.all([4, 49, 1994].map((start) => at(start, 'upperRoman'))), [
    'IV x',
    'XLIX x',
    'MCMXCIV x',
  ]);
  t.deepEqual(await Promise.all([11, 13, 22, 103].map((start) => at(start, 'ordinal'))), [
    '11th x',
    '13th x',
    '22nd x',
    '103rd x',
  ]);
  t.is(await at(2_000_000_000, 'lowerLetter'), '2000000000 x');
});

test('a lower level starts anew after a higher one, and shows its number', async (t) => {
  const levels = [level(0, 'decimal', '%1.'), level(1, 'decimal', '%1.%2'), level(2, 'lowerLetter', '(%3)')];
  const body = [
    item('A'),
    item('B', 1),
    item('C', 2),
    item('D', 2),
    item('E', 1),
    item('F', 2),
    item('G'),
    item('H', 1),
  ];

  const lines = await linesOf(body, kind(0, ...levels) + list(1, 0));

  t.deepEqual(lines, ['1. A', '1.1 B', '(a) C', '(b) D', '1.2 E', '(a) F', '2. G', '2.1 H']);
});

test('a level that is not to start anew goes on', async (t) => {
  const on = level(1, 'decimal', '%2)', '<w:start w:val="1"/><w:lvlRestart w:val="0"/>');

  const lines = await linesOf(
    [item('A'), item('B', 1), item('C'), item('D', 1)],
    kind(0, level(0, 'upperRoman', '%1'), on) + list(1, 0),
  );

  t.deepEqual(lines, ['I A', '1) B', 'II C', '2) D']);
});

test('lists of one kind go on counting, but those with a start of their own', async (t) => {
  const override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>';
  const numbering = kind(0, level(0, 'decimal', '%1.')) + list(1, 0) + list(2, 0) + list(3, 0, override);

  const lines = await linesOf([item('a'), item('b', 0, 2), item('c', 0, 3), item('d', 0, 3)], numbering);

  t.deepEqual(lines, ['1. a', '2. b', '5. c', '6. d']);
});

test('a list can have a level of its own', async (t) => {
  const override = `<w:lvlOverride w:ilvl="0">${level(0, 'upperLetter', '%1)')}</w:lvlOverride>`;

  t.deepEqual(await linesOf([item('a')], kind(0, level(0, 'decimal', '%1.')) + list(1, 0, override)), [
    'A) a',
  ]);
});

test('paragraphs are in a list by their style, until they say otherwise', async (t) => {
  const styles =
    '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>';
  const former = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>';
  const left = `<w:style w:type="paragraph" w:styleId="N"><w:pPr>${former}</w:pPr></w:style>`;
  const second = level(1, 'decimal', '%1.%2', '<w:start w:val="1"/><w:pStyle w:val="H2"/>');
  const numbering = kind(0, level(0, 'decimal', '§ %1'), second, level(2, 'lowerRoman', '%3)')) + list(1, 0);
  const styled = (id: string, text: string, more = '') =>
    paragraph(`<w:pPr><w:pStyle w:val="${id}"/>${more}</w:pPr>`, run(text));

  const lines = await linesOf(
    [
      styled('H1', 'A'),
      styled('H2', 'B'),
      styled('H3', 'C'),
      styled('H1', 'D', '<w:numPr><w:numId w:val="0"/></w:numPr>'),
      styled('N', 'E'),
    ],
    numbering,
    styles + left,
  );

  t.deepEqual(lines, ['§ 1 A', '1.1 B', 'i) C', 'D', 'E']);
});

test('a kind of lists can be that of a list style', async (t) => {
  const styles =
    '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>';
  const numbering =
    '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>' +
    kind(1, level(0, 'decimal', '%1)')) +
    list(1, 0) +
    list(2, 1);

  t.deepEqual(await linesOf([item('a'), item('b', 0, 2)], numbering, styles), ['1) a', '2) b']);
});

test('a bullet is one whatever font it is from; a dash and a check mark stay', async (t) => {
  const symbols = (font: string) => `<w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}"/></w:rPr>`;
  const bullet = (font: string, text: string) =>
    kind(0, level(0, 'bullet', text, symbols(font))) + list(1, 0);
  const shown = async (font: string, text: string) => (await linesOf([item('a')], bullet(font, text)))[0];

  t.is(await shown('Symbol', '\uf0b7'), '• a');
  t.is(await shown('Courier New', 'o'), '• a');
  t.is(await shown('Arial', '–'), '– a');
  t.is(await shown('Wingdings', '\uf0fc'), '✓ a');
  t.is(await shown('Arial', ''), 'a');
});

test('hidden and deleted paragraphs do not count, empty ones do', async (t) => {
  const inList = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
  const hidden = paragraph(`<w:pPr>${inList}<w:rPr><w:vanish/></w:rPr></w:pPr>`, run('gone', '<w:vanish/>'));
  const deleted = paragraph(
    `<w:pPr>${inList}<w:rPr><w:del/></w:rPr></w:pPr>`,
    `<w:del>${run('gone')}</w:del>`,
  );

  const lines = await linesOf([item('a'), hidden, deleted, item(''), item('b')], simple);

  t.deepEqual(lines, ['1. a', '', '', '2. ', '3. b']);
});

test('a number that is hidden counts, and is not read', async (t) => {
  const unseen = '<w:start w:val="1"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr>';
  const numbering = kind(0, level(0, 'decimal', '%1.', unseen), level(1, 'decimal', '%1.%2')) + list(1, 0);

  t.deepEqual(await linesOf([item('a'), item('b', 1)], numbering), ['a', '1.1 b']);
});

test('numbers in digits alone, with nothing after them, and of a form that is given by example', async (t) => {
  const legal = level(1, 'decimal', '%1.%2', '<w:start w:val="1"/><w:isLgl/>');
  const close = level(0, 'upperRoman', '%1:', '<w:start w:val="1"/><w:suff w:val="nothing"/>');
  const custom =
    '<w:lvl w:ilvl="2"><w:start w:val="7"/><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%3"/></w:lvl>';

  const lines = await linesOf(
    [item('a'), item('b', 1), item('c', 2)],
    kind(0, close, legal, custom) + list(1, 0),
  );

  t.deepEqual(lines, ['I:a', '1.1 b', '007 c']);
});

test('a list or level that is not defined has no numbers', async (t) => {
  t.deepEqual(await linesOf([item('a', 0, 9), item('b', 7), item('c', 99)], simple), ['a', 'b', 'c']);
});
