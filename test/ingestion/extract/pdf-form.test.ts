/** Of a PDF's form, what somebody filled in is read; and what somebody wrote on a page in a viewer. */
import test, {type ExecutionContext} from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {noHints} from './making.ts';
import {pdfWith, stream, words} from './making-pdf.ts';

interface Form {
  content?: string;
  /** Dictionaries of what lies on the page, without what all of them have. */
  widgets: readonly string[];
  /** Entries of the form's dictionary. */
  form?: string;
  objects?: Readonly<Record<number, string | Uint8Array>>;
}

/** The lines of a page that begins with a title, after it. */
async function linesOf(t: ExecutionContext, {content = '', widgets, form, objects}: Form): Promise<string[]> {
  const numbers = widgets.map((_, index) => 20 + index);
  const list = numbers.map((number) => `${number} 0 R`).join(' ');
  const pdf = pdfWith({
    content: words('Complaint form', 760) + content,
    page: `/Annots[${list}]`,
    catalog: `/AcroForm<</Fields[${list}]/DA(/F1 10 Tf 0 g)/DR<</Font<</F1 5 0 R>>>>${form ?? ''}>>`,
    objects: {
      ...objects,
      ...Object.fromEntries(widgets.map((widget, index) => [20 + index, `<</Type/Annot${widget}>>`])),
    },
  });
  const extraction = await read(pdf, noHints);
  if (extraction.outcome === 'rejected') return t.fail(extraction.reason) ? [] : [];
  const [title, ...lines] = extraction.text.split('\n');
  t.is(title, 'Complaint form');
  return lines.filter((line) => line !== '');
}

function field(name: string, value: string, more = '', y = 698): string {
  return `/Subtype/Widget/FT/Tx/F 4/T(${name})/V(${value})/Rect[180 ${y} 500 ${y + 14}]${more}`;
}

test('what was typed into a field is read with the label beside it', async (t) => {
  const content = words('Account number:', 700);

  t.deepEqual(await linesOf(t, {content, widgets: [field('f1', '4471-2208')]}), [
    'Account number:',
    'Account number: 4471-2208',
  ]);
});

test('a field without a label beside it has its purpose, the label above it, or its name', async (t) => {
  t.deepEqual(await linesOf(t, {widgets: [field('f1', '4471', '/TU(Account number)')]}), [
    'Account number: 4471',
  ]);
  t.deepEqual(await linesOf(t, {widgets: [field('form1[0].Account[0]', '4471')]}), ['Account: 4471']);
  t.deepEqual(
    await linesOf(t, {
      content: words('Account', 715),
      widgets: [field('f1', '4471', '', 698).replace('180', '72')],
    }),
    ['Account', 'Account: 4471'],
  );
});

test('a label does not reach across another field', async (t) => {
  const content = `${words('Name:', 700)}${words('City:', 700, '1 0 0 1 150 0 cm')}`;
  const name = '/Subtype/Widget/FT/Tx/T(a)/V(Ann)/Rect[110 698 210 712]';
  const city = '/Subtype/Widget/FT/Tx/T(b)/V(Bath)/Rect[260 698 400 712]';

  t.deepEqual((await linesOf(t, {content, widgets: [name, city]})).slice(1), ['Name: Ann', 'City: Bath']);
});

test('what was typed is read once, with an appearance and without, in whatever letters', async (t) => {
  const appearance = stream(
    '/Tx BMC BT /F1 10 Tf 2 3 Td (charged) Tj T* (twice) Tj ET EMC',
    '/Subtype/Form/BBox[0 0 320 14]',
  );
  const drawn = {widgets: [field('story', 'charged twice', '/AP<</N 10 0 R>>')], objects: {10: appearance}};

  t.deepEqual(await linesOf(t, drawn), ['story: charged twice']);
  t.deepEqual(await linesOf(t, {widgets: [field('story', 'charged twice')], form: '/NeedAppearances true'}), [
    'story: charged twice',
  ]);
  t.deepEqual(await linesOf(t, {widgets: [field('name', '').replace('()', '<FEFF01590065007A006100E1>')]}), [
    'name: řezaá',
  ]);
});

test('a field that is on the page twice is read once', async (t) => {
  const parent = '<</FT/Tx/T(name)/V(Ann)/Kids[20 0 R 21 0 R]>>';
  const kid = (y: number) => `/Subtype/Widget/Parent 10 0 R/Rect[180 ${y} 500 ${y + 14}]`;

  t.deepEqual(
    await linesOf(t, {widgets: [kid(700), kid(600)], objects: {10: parent}, form: '/Fields[10 0 R]'}),
    ['name: Ann'],
  );
});

test('a field that the form does not list is read', async (t) => {
  t.deepEqual(await linesOf(t, {widgets: [field('name', 'Ann')], form: '/Fields[]'}), ['name: Ann']);
});

test('boxes and buttons that are on are read, with what stands beside them', async (t) => {
  const content = words('I want a refund', 700, '1 0 0 1 30 0 cm') + words('Fraud', 660, '1 0 0 1 30 0 cm');
  const box = (state: string, y: number) =>
    `/Subtype/Widget/FT/Btn/T(box${y})/AS/${state}/V/${state}/AP<</N<</Yes 10 0 R/Off 10 0 R>>>>/Rect[80 ${y - 2} 94 ${y + 12}]`;
  const button = (state: string, y: number) =>
    `/Subtype/Widget/Parent 11 0 R/AS/${state}/AP<</N<</${y} 10 0 R/Off 10 0 R>>>>/Rect[80 ${y - 2} 94 ${y + 12}]`;
  const group = '<</FT/Btn/Ff 32768/T(reason)/TU(Reason of the complaint)/V/660/Kids[22 0 R 23 0 R]>>';

  const lines = await linesOf(t, {
    content,
    widgets: [box('Yes', 700), box('Off', 680), button('660', 660), button('Off', 640)],
    objects: {10: stream('', '/Subtype/Form/BBox[0 0 14 14]'), 11: group},
    form: '/Fields[20 0 R 21 0 R 11 0 R]',
  });

  t.deepEqual(lines.slice(2), ['I want a refund: Yes', 'Reason of the complaint: Fraud']);
});

test('a box that is on without an appearance is read', async (t) => {
  const box = '/Subtype/Widget/FT/Btn/T(refund)/AS/Yes/V/Yes/Rect[80 698 94 712]';

  t.deepEqual(await linesOf(t, {widgets: [box]}), ['refund: Yes']);
});

test('choices are read as they are shown, and what was typed instead of one', async (t) => {
  const options = '/Opt[[(us)(United States)][(de)(Germany)][(fr)(France)]]';
  const combo = (value: string) =>
    `/Subtype/Widget/FT/Ch/Ff 393216/T(country)/V(${value})${options}/Rect[80 700 300 714]`;
  const list = `/Subtype/Widget/FT/Ch/Ff 2097152/T(countries)/V[(de)(fr)]${options}/Rect[80 600 300 660]`;

  t.deepEqual(await linesOf(t, {widgets: [combo('de')]}), ['country: Germany']);
  t.deepEqual(await linesOf(t, {widgets: [combo('Atlantis')]}), ['country: Atlantis']);
  t.deepEqual(await linesOf(t, {widgets: [list]}), ['countries: Germany, France']);
});

test('empty and hidden fields, passwords, buttons and fields beside the page are not read', async (t) => {
  const widgets = [
    field('a', ''),
    field('b', 'Hidden', '/F 2'),
    field('c', 'Hidden', '/F 32'),
    field('d', 'Hidden', '/Ff 8192'),
    field('e', 'Hidden').replace('500 712', '180 698'),
    field('g', 'Hidden', '', 900),
    '/Subtype/Widget/FT/Btn/Ff 65536/T(h)/V(Hidden)/MK<</CA(Send)>>/Rect[80 600 200 620]',
  ].map((widget) => widget.replace('/F 4/', '/'));

  t.deepEqual(await linesOf(t, {widgets}), []);
});

test('text that was written on a page in a viewer is read, unless it is hidden', async (t) => {
  const note = (more: string) => `/Subtype/FreeText/DA(/F1 12 Tf 0 g)/Rect[80 500 300 540]${more}`;

  t.deepEqual(
    await linesOf(t, {widgets: [note('/Contents(Please call me back.)'), note('/Contents(Hidden.)/F 2')]}),
    ['Please call me back.'],
  );
});
