/** Documents of other formats that stand in the text of a Word document. */
import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';
import {Unreadable} from '../../../services/ingestion/extract/unreadable.ts';
import {readDocx} from '../../../services/ingestion/extract/word/docx.ts';
import {docx, noHints, paragraph, part, run, zip} from './making.ts';

const reference = '<w:altChunk r:id="rId7"/>';

/** A Word document with another one in it. */
function around(name: string, content: string | Uint8Array, target = name, body = reference): Uint8Array {
  return docx(paragraph(run('before')) + body + paragraph(run('after')), {
    'word/_rels/document.xml.rels': relationship(target),
    [`word/${name}`]: content,
  });
}

function relationship(target: string, more = ''): string {
  return `<Relationships><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="${target}"${more}/></Relationships>`;
}

async function textOf(document: Uint8Array): Promise<string> {
  const lines = (await readDocx(document, noHints)).text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join('|');
}

const message = [
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; type="text/html"; boundary="--=part"',
  '',
  '----=part',
  'Content-Type: text/html; charset="utf-8"',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Location: file:///C:/fake/document.html',
  '',
  '<html><body><p style=3D"color:black">caf=C3=A9</p></body></html>',
  '----=part',
  'Content-Type: image/png',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '----=part--',
  '',
].join('\r\n');

const chunks: Record<string, [name: string, content: string | Uint8Array, text: string]> = {
  'a page': ['a.html', '<html><body><p>one</p><p hidden>gone</p><p>two</p></body></html>', 'one|two'],
  'a page in XHTML': [
    'a.xhtml',
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>one</p></body></html>',
    'one',
  ],
  'a page without tags': ['a.htm', 'caf&eacute; au lait', 'café au lait'],
  'a page in Windows-1252': [
    'a.html',
    Buffer.from('<meta charset="windows-1252"><p>caf\xe9 cr\xe8me</p>', 'latin1'),
    'café crème',
  ],
  'a page in a message': ['a.mht', message, 'café'],
  'a page in a message by another name': ['a.bin', message, 'café'],
  'plain text': [
    'a.txt',
    'Subject: my card\n\nIt was charged twice.',
    'Subject: my card|It was charged twice.',
  ],
  'another Word document': ['a.docx', docx(paragraph(run('inner'), run('gone', '<w:vanish/>'))), 'inner'],
  'a document in RTF': ['a.rtf', '{\\rtf1\\ansi one\\par two}', 'one|two'],
};

for (const [name, [file, content, text]] of Object.entries(chunks))
  test(`${name} is read where it stands in a Word document`, async (t) => {
    t.is(await textOf(around(file, content)), `before|${text}|after`);
  });

test('a document in a document is found by its name from the folder, from the top, and in any case', async (t) => {
  for (const target of ['a%20b.txt', '/word/a%20b.txt', '../word/./A%20B.TXT', 'a b.txt'])
    t.is(await textOf(around('a b.txt', 'inner', target)), 'before|inner|after', target);
});

test('a document that is not there, lies elsewhere or can not be read is left out', async (t) => {
  t.is(await textOf(around('a.txt', 'inner', 'b.txt')), 'before|after');
  t.is(await textOf(around('a.txt', 'inner', '%ff')), 'before|after');
  t.is(await textOf(around('a.txt', 'inner', 'a.txt', '<w:altChunk r:id="rId8"/>')), 'before|after');
  t.is(await textOf(around('a.docx', zip({'word/document.xml': '<w/>'}))), 'before|after');
  t.is(await textOf(around('a.docx', docx('<w:p>'))), 'before|after');
  t.is(await textOf(around('a.bin', Buffer.of(0, 1, 2, 3, 0, 0, 0, 0))), 'before|after');
  const outside = {
    'word/_rels/document.xml.rels': relationship('a.txt', ' TargetMode="External"'),
    'word/a.txt': 'inner',
  };
  t.is(await textOf(docx(reference + paragraph(run('after')), outside)), 'after');
});

test('a header can have a document in it, by relationships of its own', async (t) => {
  const document = docx(paragraph(run('body')), {
    'word/header1.xml': part('hdr', reference),
    'word/_rels/header1.xml.rels': relationship('a.html'),
    'word/a.html': '<p>Letterhead</p>',
  });

  t.is(await textOf(document), 'Letterhead|body');
});

test('of a Word document in another one the headers are not read, and its lists are its own', async (t) => {
  const list =
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
  const item = paragraph('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', run('item'));
  const inner = docx(item, {
    'word/numbering.xml': part('numbering', list),
    'word/header1.xml': part('hdr', paragraph(run('header'))),
  });

  t.is(await textOf(around('a.docx', inner)), 'before|1) item|after');
});

async function isTooLarge(document: Uint8Array): Promise<boolean> {
  try {
    await readDocx(document, noHints);
    return false;
  } catch (error) {
    return error instanceof Unreadable && error.reason === 'too-large';
  }
}

test('documents nest eight deep', async (t) => {
  let nested = docx(paragraph(run('innermost')));
  for (let depth = 0; depth < 8; depth++) nested = around('a.docx', nested);

  t.regex(await textOf(nested), /innermost/);
  t.true(await isTooLarge(around('a.docx', nested)));
});

test('a document that stands in many places counts for each of them, in all that are nested too', async (t) => {
  t.true(await isTooLarge(around('a.txt', 'x', 'a.txt', reference.repeat(1_001))));
  const inner = around('a.txt', 'x', 'a.txt', reference.repeat(100));
  t.true(await isTooLarge(around('a.docx', inner, 'a.docx', reference.repeat(11))));
});

test('what nested documents unpack to counts as of the outermost', async (t) => {
  const page = `<p>${' '.repeat(3 * 1024 * 1024)}</p>`;
  const inner = around('a.html', page);

  t.false(await isTooLarge(inner));
  t.true(await isTooLarge(around('a.docx', inner, 'a.docx', reference.repeat(4))));
});

test('a document that is nothing but a page is read in its language', async (t) => {
  const page =
    '<p>Sehr geehrte Damen und Herren, meine Karte wurde zweimal belastet, bitte erstatten Sie den Betrag.</p>';
  const document = docx(reference, {
    'word/_rels/document.xml.rels': relationship('a.html'),
    'word/a.html': page,
  });

  t.like(await read(document, noHints), {outcome: 'ingested', language: 'de'});
});
