/** Of a PDF's page, the words are read that a person sees on it. */
import test, {type ExecutionContext} from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {line, noHints, pdf} from './making.ts';
import {gray, type Made, pdfWith, stream, words} from './making-pdf.ts';

async function textOf(t: ExecutionContext, made: Made): Promise<string> {
  const extraction = await read(pdfWith(made), noHints);
  return extraction.outcome === 'ingested' ? extraction.text : t.fail(extraction.reason) || '';
}

/** Between two lines that are seen. */
function between(content = ''): string {
  return `${words('Above.', 740)} q ${content} Q ${words('Below.', 660)}`;
}

const layers = {
  resources: '/Properties<</On 10 0 R/Off 11 0 R/Any 12 0 R>>/XObject<</Form 13 0 R>>',
  catalog: '/OCProperties<</OCGs[10 0 R 11 0 R]/D<</OFF[11 0 R]>>>>',
  objects: {
    10: '<</Type/OCG/Name(English)>>',
    11: '<</Type/OCG/Name(German)>>',
    12: '<</Type/OCMD/OCGs[10 0 R 11 0 R]/P/AllOn>>',
    13: stream(
      words('Hidden.', 700),
      '/Type/XObject/Subtype/Form/BBox[0 0 612 792]/OC 11 0 R/Resources<</Font<</F1 5 0 R>>>>',
    ),
  },
};
const image = {resources: '/XObject<</Image 10 0 R>>', objects: {10: gray}};
const seeThrough = {resources: '/ExtGState<</Clear <</ca 0>>>>'};

const group =
  '/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Group<</S/Transparency>>/Resources<</Font<</F1 5 0 R>>>>';

const unseen: Readonly<Record<string, Made>> = {
  'white on the paper': {content: words('Hidden.', 700, '1 g')},
  'nearly white on the paper': {content: words('Hidden.', 700, '0.98 0.97 0.99 rg')},
  'white in four inks': {content: words('Hidden.', 700, '0 0 0 0 k')},
  'white on a white box': {content: `1 g 60 690 200 30 re f ${words('Hidden.', 700, '1 g')}`},
  'black on a black box': {content: `0 g 60 690 200 30 re f ${words('Hidden.', 700)}`},
  'white beside a dark box': {content: `0 g 60 600 200 30 re f ${words('Hidden.', 700, '1 g')}`},
  'covered by a box': {content: `${words('Hidden.', 700)} 0 g 60 690 200 30 re f 1 g`},
  'quite transparent': {content: words('Hidden.', 700, '/Clear gs'), ...seeThrough},
  'of half a point': {content: 'BT /F1 0.5 Tf 72 700 Td (Hidden.) Tj ET'},
  'scaled to half a point': {content: words('Hidden.', 7000, '0.04 0 0 0.1 0 0 cm')},
  'narrowed to a line': {content: 'BT 1 Tz /F1 12 Tf 72 700 Td (Hidden.) Tj ET'},
  'left of the page': {content: words('Hidden.', 700, '1 0 0 1 -500 0 cm')},
  'above what is cropped': {content: words('Hidden.', 780), page: '/CropBox[0 0 612 760]'},
  'cut off by a path beside it': {content: `0 0 40 40 re W n ${words('Hidden.', 700)}`},
  'cut off by two paths that have nothing in common': {
    content: `60 690 20 30 re W n 200 690 20 30 re W n ${words('Hidden.', 700)}`,
  },
  'not drawn': {content: words('Hidden.', 700, '3 Tr')},
  'not drawn, on a page with a small image': {
    content: `q 100 0 0 100 400 100 cm /Image Do Q ${words('Hidden.', 700, '3 Tr')}`,
    ...image,
  },
  'in a layer that is off': {content: `/OC /Off BDC ${words('Hidden.', 700)} EMC`, ...layers},
  'in a form of a see-through group, in white': {
    content: '/Form Do',
    resources: '/XObject<</Form 10 0 R>>',
    objects: {10: stream(words('Hidden.', 700, '1 g'), group)},
  },
  'in layers of which one is off': {content: `/OC /Any BDC ${words('Hidden.', 700)} EMC`, ...layers},
  'in a form whose layer is off': {content: '/Form Do', ...layers},
  'in a layer that is off, where one that is on lies': {
    content: `/OC /Off BDC ${words('Hidden.', 660)} EMC`,
    ...layers,
  },
};

for (const [name, made] of Object.entries(unseen))
  test(`text is left out that is ${name}`, async (t) => {
    const text = await textOf(t, {...made, content: between(made.content)});

    t.is(text, 'Above.\nBelow.');
  });

const seen: Readonly<Record<string, Made>> = {
  'within a path that cuts off what is around it': {content: `60 690 200 30 re W n ${words('Shown.', 700)}`},
  'in part within such a path': {content: `60 690 40 30 re W n ${words('Shown.', 700)}`},
  'white on a dark box': {content: `0 0 0.4 rg 60 690 200 30 re f ${words('Shown.', 700, '1 g')}`},
  'white on a wide line': {content: `0 0 0.4 RG 40 w 60 704 m 500 704 l S ${words('Shown.', 700, '1 g')}`},
  'white on an image': {
    content: `q 200 0 0 50 60 690 cm /Image Do Q ${words('Shown.', 700, '1 g')}`,
    ...image,
  },
  'light gray': {content: words('Shown.', 700, '0.8 g')},
  'on a box that was drawn before': {content: `0.9 g 60 690 200 30 re f ${words('Shown.', 700, '0 g')}`},
  'under an image, as machines that read scans put it': {
    content: `${words('Shown.', 700)} q 612 0 0 792 0 0 cm /Image Do Q`,
    ...image,
  },
  'not drawn, on a page that is an image': {
    content: `q 612 0 0 792 0 0 cm /Image Do Q ${words('Shown.', 700, '3 Tr')}`,
    ...image,
  },
  'not drawn, on a page of strips of an image': {
    content: `q 612 0 0 300 0 0 cm /Image Do Q q 612 0 0 300 0 300 cm /Image Do Q ${words('Shown.', 700, '3 Tr')}`,
    ...image,
  },
  'in a layer that is on': {content: `/OC /On BDC ${words('Shown.', 700)} EMC`, ...layers},
  'large in units of a tenth': {
    content: words('Shown.', 700, '1 0 0 1 0 0 cm').replace(
      '12 Tf 72 700 Td',
      '0.1 Tf 120 0 0 120 72 700 Tm',
    ),
  },
  'outlined only': {content: words('Shown.', 700, '1 Tr 1 g 0 G')},
  'marked with a bright color': {
    content: `${words('Shown.', 700)} /Mark gs 1 1 0 rg 60 690 200 30 re f`,
    resources: '/ExtGState<</Mark <</BM/Multiply>>>>',
  },
  'marked with a bright form': {
    content: `${words('Shown.', 700)} /Mark gs /Form Do`,
    resources: '/ExtGState<</Mark <</BM/Multiply>>>>/XObject<</Form 10 0 R>>',
    objects: {10: stream('1 1 0 rg 60 690 200 30 re f', group)},
  },
  'in a see-through group': {
    content: '/Form Do',
    resources: '/XObject<</Form 10 0 R>>',
    objects: {10: stream(words('Shown.', 700), group)},
  },
  'in letters of a gradient': {
    content: words('Shown.', 700, '/Pattern cs /Gradient scn'),
    resources: '/Pattern<</Gradient 10 0 R>>',
    objects: {
      10: '<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 612 0]/Function<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>>>>>',
    },
  },
  'in letters that are drawings': {
    content: 'BT /F2 1 Tf 12 0 0 12 72 700 Tm (S) Tj ET BT /F1 12 Tf 80 700 Td (hown.) Tj ET',
    objects: {
      6: '<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[0.6 0 0 1 0 0]/CharProcs<</S 10 0 R>>/Encoding<</Differences[83/S]>>/FirstChar 83/LastChar 83/Widths[1]/Resources<<>>>>',
      10: stream('1 0 d0 1 0 0 rg 0 0 1 1 re f'),
    },
  },
  'on a page that is turned': {content: words('Shown.', 700, '0.8 0 0 rg'), page: '/Rotate 90'},
};

for (const [name, made] of Object.entries(seen))
  test(`text is read that is ${name}`, async (t) => {
    const text = await textOf(t, {...made, content: between(made.content)});

    t.deepEqual(text.split('\n').toSorted(), ['Above.', 'Below.', 'Shown.']);
  });

test('of two layers at one place, the one is read that is on', async (t) => {
  const content = `/OC /On BDC ${words('Dear Sir.', 700)} EMC /OC /Off BDC ${words('Lieber Herr.', 700)} EMC`;

  t.is(await textOf(t, {...layers, content}), 'Dear Sir.');
});

test('white letters in a line leave its words apart', async (t) => {
  const content = 'BT /F1 12 Tf 72 700 Td (Please pay ) Tj 1 g (not ) Tj 0 g (the invoice.) Tj ET';

  t.is(await textOf(t, {content}), 'Please pay the invoice.');
});

test('letters of a font that is not there are read, though they can not be drawn', async (t) => {
  const form = stream(
    'BT /F2 12 Tf 72 700 Td <C4E3BAC3> Tj ET',
    '/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F2 6 0 R>>>>',
  );

  t.is(
    await textOf(t, {content: '/Form Do', resources: '/XObject<</Form 10 0 R>>', objects: {10: form}}),
    '你好',
  );
});

test('pages without words are not among those that were read', async (t) => {
  const scan = pdfWith({content: 'q 612 0 0 792 0 0 cm /Image Do Q', ...image});
  const dashes = pdfWith({content: words('- - -', 700)});

  t.like(await read(pdf(line('Cover sheet.'), '', ''), noHints), {
    outcome: 'ingested',
    pages: 3,
    pagesRead: 1,
  });
  t.like(await read(scan, noHints), {outcome: 'rejected', reason: 'no-text'});
  t.like(await read(dashes, noHints), {outcome: 'rejected', reason: 'no-text'});
});
