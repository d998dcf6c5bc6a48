/** No Word document costs more than in proportion to its size. */
import test from 'ava';
import {zipSync} from 'fflate';
import {read} from '../../services/ingestion/extract/read.ts';
import {rtfText} from '../../services/ingestion/extract/word/rtf-text.ts';
import {growth} from './cost.ts';

const word = (body: string, files: Record<string, string> = {}) => {
  const kinds = {
    document: 'document.main',
    ...Object.fromEntries(Object.keys(files).map((name) => [name, name])),
  };
  const types = Object.entries(kinds).map(
    ([name, kind]) =>
      `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`,
  );
  const parts = {document: `<w:body>${body}</w:body>`, ...files};
  return zipSync({
    '[Content_Types].xml': Buffer.from(`<Types>${types.join('')}</Types>`),
    ...Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => [
        `word/${name}.xml`,
        Buffer.from(`<w:x xmlns:w="w">${xml}</w:x>`),
      ]),
    ),
  });
};
const style = (id: number, base: number) =>
  `<w:style w:type="character" w:styleId="s${id}"><w:basedOn w:val="s${base}"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>`;
const styled = (id: number) => `<w:p><w:r><w:rPr><w:rStyle w:val="s${id}"/></w:rPr><w:t>a</w:t></w:r></w:p>`;
const each = (size: number, one: (index: number) => string) =>
  Array.from({length: size}, (_, index) => one(index)).join('');
const item = (list: number) => `<w:p><w:pPr><w:numPr><w:numId w:val="${list}"/></w:numPr></w:pPr></w:p>`;
const level = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>';

const wordCases: Readonly<Record<string, {size: number; make: (size: number) => Uint8Array}>> = {
  'styles, each based on the next': {
    size: 10_000,
    make: (size) => word(each(size, styled), {styles: each(size, (id) => style(id, id + 1))}),
  },
  'styles, each based on the one before, used from the last': {
    size: 10_000,
    make: (size) =>
      word(
        each(size, (id) => styled(size - id)),
        {styles: each(size, (id) => style(id, id - 1))},
      ),
  },
  'tables in tables': {
    size: 5_000,
    make: (size) =>
      word(`${`<w:tbl><w:tr><w:tc>${styled(0)}`.repeat(size)}${'</w:tc></w:tr></w:tbl>'.repeat(size)}`),
  },
  'text boxes in text boxes': {
    size: 5_000,
    make: (size) =>
      word(
        `${`<w:p><w:r><w:txbxContent>${styled(0)}`.repeat(size)}${'</w:txbxContent></w:r></w:p>'.repeat(size)}`,
      ),
  },
  'fields that never end': {
    size: 20_000,
    make: (size) =>
      word('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>a</w:t></w:r></w:p>'.repeat(size)),
  },
  'lists, each with a start of its own': {
    size: 10_000,
    make: (size) =>
      word(each(size, item), {
        numbering: `<w:abstractNum w:abstractNumId="0">${level}</w:abstractNum>${each(
          size,
          (id) =>
            `<w:num w:numId="${id}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="${id}"/></w:lvlOverride></w:num>`,
        )}`,
      }),
  },
  'an element with many attributes': {
    size: 50_000,
    make: (size) =>
      word(`<w:p><w:r><w:rPr><w:color ${each(size, (id) => `a${id}="" `)}/></w:rPr><w:t>a</w:t></w:r></w:p>`),
  },
};

for (const [name, {size, make}] of Object.entries(wordCases))
  test.serial(`twice of it costs twice as much: a Word document of ${name}`, async (t) => {
    const times = await growth(size, make, (bytes) => read(bytes, {filename: null, contentType: null}));
    t.log(`${times.toFixed(2)} times`);
    t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
  });

test.serial('twice of it costs twice as much: a document in RTF', async (t) => {
  const groups = (size: number) => Buffer.from(`{\\rtf1 ${"{\\b \\'e9\\u233?".repeat(size)}`);
  const times = await growth(50_000, groups, rtfText);
  t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
});
