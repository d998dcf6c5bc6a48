/** What of a Word document its reader sees, by the properties of text, of styles and of what text stands on. */
import test, {type ExecutionContext} from 'ava';
import {readDocx} from '../../../services/ingestion/extract/word/docx.ts';
import {docx, noHints, paragraph, part, run} from './making.ts';

async function sees(t: ExecutionContext, body: string, text: string, styles = ''): Promise<void> {
  const document = docx(body, {'word/styles.xml': part('styles', styles)});
  t.is((await readDocx(document, noHints)).text.trim().replace(/ +(?=[ \n])/g, ''), text);
}

function style(kind: string, id: string, properties: string, more = ''): string {
  return `<w:style w:type="${kind}" w:styleId="${id}">${more}<w:rPr>${properties}</w:rPr></w:style>`;
}

const based = (id: string) => `<w:basedOn w:val="${id}"/>`;
const of = (id: string) => `<w:rStyle w:val="${id}"/>`;
const styledAs = (id: string) => `<w:pPr><w:pStyle w:val="${id}"/></w:pPr>`;
const colored = (color: string) => `<w:color w:val="${color}"/>`;
const shaded = (fill: string, pattern = 'clear') =>
  `<w:shd w:val="${pattern}" w:color="auto" w:fill="${fill}"/>`;
const highlighted = (color: string) => `<w:highlight w:val="${color}"/>`;
const hidden = '<w:vanish/>';
const shown = '<w:vanish w:val="0"/>';

test('text is hidden by its character style, and by one that this is based on', async (t) => {
  const styles = style('character', 'A', hidden) + style('character', 'B', '', based('A'));

  await sees(
    t,
    paragraph(run('seen '), run('one ', of('A')), run('two ', of('B')), run('end')),
    'seen end',
    styles,
  );
});

test('text is hidden by its paragraph style, and by that of paragraphs without one', async (t) => {
  const usual = `<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>${hidden}</w:rPr></w:style>`;
  const styles = usual + style('paragraph', 'P', '', based('N')) + style('paragraph', 'Q', shown, based('N'));
  const body =
    paragraph(run('one')) + paragraph(styledAs('P'), run('two')) + paragraph(styledAs('Q'), run('seen'));

  await sees(t, body, 'seen', styles);
});

test('text that the document hides is shown by a style or by itself', async (t) => {
  const defaults = `<w:docDefaults><w:rPrDefault><w:rPr>${hidden}</w:rPr></w:rPrDefault></w:docDefaults>`;
  const styles = defaults + style('paragraph', 'P', shown) + style('character', 'C', shown);
  const body = paragraph(run('gone '), run('itself ', shown), run('by style', of('C')));

  await sees(t, body + paragraph(styledAs('P'), run('paragraph')), 'itself by style\nparagraph', styles);
});

test('text that its style hides is shown by itself, and by a character style that hides it once more', async (t) => {
  const styles = style('paragraph', 'P', hidden) + style('character', 'C', hidden);
  const body = paragraph(styledAs('P'), run('gone '), run('itself ', shown), run('twice', of('C')));

  await sees(t, body, 'itself twice', styles);
});

test('styles that are based on each other in a circle are read', async (t) => {
  const styles = style('character', 'A', hidden, based('B')) + style('character', 'B', '', based('A'));

  await sees(t, paragraph(run('seen'), run('gone', of('B'))), 'seen', styles);
});

test('what a change left behind hides nothing', async (t) => {
  const change = `<w:rPrChange><w:rPr>${hidden}</w:rPr></w:rPrChange>`;

  await sees(
    t,
    paragraph(run('seen ', change), run('styled', of('C'))),
    'seen styled',
    style('character', 'C', change),
  );
});

test('text that is hidden on web pages alone is seen', async (t) => {
  await sees(t, paragraph(run('seen', '<w:webHidden/>')), 'seen');
});

test('text of one point and less is not seen', async (t) => {
  const size = (halfPoints: string) => `<w:sz w:val="${halfPoints}"/>`;
  const body = paragraph(
    run('seen', size('3')),
    run('a', size('2')),
    run('b', size('1')),
    run('c', size('1pt')),
  );

  await sees(
    t,
    body + paragraph(run('d', of('S')), run('e', of('S') + size('16'))),
    'seen\ne',
    style('character', 'S', size('2')),
  );
});

test('white text is seen on no ground but a dark one', async (t) => {
  const white = colored('FFFFFF');
  const body = paragraph(
    ...[
      run('a', white),
      run('b', colored('FEFEFE')),
      run('c', white + shaded('FFFFFF')),
      run('d', white + highlighted('white')),
    ],
    ...[
      run('E', white + shaded('1F4E79')),
      run('F', white + highlighted('black')),
      run('G', white + shaded('auto', 'pct50')),
    ],
    run('H', `${white}<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>`),
  );

  await sees(t, body, 'EFGH');
});

test('the color of pages is white where the document only names it', async (t) => {
  const named = (name: string) => `<w:color w:themeColor="${name}"/>`;

  await sees(t, paragraph(run('a', named('background1')), run('B', named('text1'))), 'B');
});

test('text in the color of what it stands on is not seen, whatever the color', async (t) => {
  const body = paragraph(
    ...[
      run('a', colored('000000') + highlighted('black')),
      run('b', colored('FFFF00') + highlighted('yellow')),
    ],
    ...[
      run('c', colored('1f4e79') + shaded('1F4E79')),
      run('D', colored('auto') + shaded('000000')),
      run('E', colored('FFFF00')),
    ],
  );

  await sees(t, body, 'DE');
});

test('a paragraph, its style or a cell can be the ground of white text', async (t) => {
  const white = colored('FFFFFF');
  const styles = `<w:style w:type="paragraph" w:styleId="Dark"><w:pPr>${shaded('000080')}</w:pPr><w:rPr>${white}</w:rPr></w:style>`;
  const cell = (properties: string, ...content: string[]) =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${content.join('')}</w:tc>`;
  const inner = `<w:tbl><w:tr>${cell('', paragraph(run('INNER', white)))}</w:tr></w:tbl>`;
  const body = [
    paragraph(`<w:pPr>${shaded('333333')}</w:pPr>`, run('DIRECT', white)),
    paragraph(styledAs('Dark'), run('STYLED')),
    paragraph(`<w:pPr><w:pStyle w:val="Dark"/>${shaded('auto')}</w:pPr>`, run('cleared')),
    `<w:tbl><w:tr>${cell(shaded('333333'), paragraph(run('CELL', white)), inner)}${cell('', paragraph(run('beside', white)))}</w:tr></w:tbl>`,
    paragraph(run('after', white)),
  ];

  await sees(t, body.join(''), 'DIRECT\nSTYLED\n\nCELL\nINNER', styles);
});

test('white text is seen in a table whose style has a color, in a text box and on a page of another color', async (t) => {
  const white = colored('FFFFFF');
  const styles = `<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:tcPr>${shaded('4472C4')}</w:tcPr></w:tblStylePr></w:style>`;
  const table = `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>${paragraph(run('TABLE', white))}</w:tc></w:tr></w:tbl>`;
  const box = `<w:p><w:r><w:pict><w:txbxContent>${paragraph(run('BOX', white))}</w:txbxContent></w:pict></w:r></w:p>`;

  await sees(t, table + box + paragraph(run('page', white)), 'TABLE\n\nBOX', styles);
  await sees(t, `<w:background w:color="FFFFFF"/>${paragraph(run('a', white), run('B'))}`, 'B');
  await sees(t, `<w:background w:color="002060"/>${paragraph(run('A', white), run('B'))}`, 'AB');
});

test('unseen white space keeps words apart, and unseen words leave their room', async (t) => {
  const white = colored('FFFFFF');
  const body = paragraph(run('one'), run(' ', white), run('two'), run('gone', white), run('three'));

  await sees(t, body, 'one two three');
  await sees(t, paragraph(run('a'), `<w:r><w:rPr>${white}</w:rPr><w:tab/></w:r>`, run('b')), 'a\tb');
});

test('rows that are hidden or were deleted are not read', async (t) => {
  const row = (properties: string, text: string) =>
    `<w:tr><w:trPr>${properties}</w:trPr><w:tc>${paragraph(run(text))}</w:tc></w:tr>`;

  await sees(t, `<w:tbl>${row('<w:hidden/>', 'a')}${row('<w:del/>', 'b')}${row('', 'C')}</w:tbl>`, 'C');
});

test('properties count whatever prefix their namespace has', async (t) => {
  const text = (text: string, properties: string) =>
    `<ns0:r><ns0:rPr>${properties}</ns0:rPr><ns0:t>${text}</ns0:t></ns0:r>`;
  const body = `<ns0:p>${text('A', '<ns0:vanish ns0:val="0"/>')}${text('b', '<ns0:color ns0:val="FFFFFF"/>')}</ns0:p>`;

  await sees(t, body, 'A');
});
