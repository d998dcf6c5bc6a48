import test, {type ExecutionContext} from 'ava';
import {type Reason, Unreadable} from '../../../services/ingestion/extract/unreadable.ts';
import {readDocx} from '../../../services/ingestion/extract/word/docx.ts';
import {docx, noHints, paragraph, part, run, zip} from './making.ts';

async function textOf(document: Uint8Array): Promise<string> {
  return (await readDocx(document, noHints)).text.trim();
}

async function isRefused(t: ExecutionContext, document: Uint8Array, reason: Reason) {
  const error = await t.throwsAsync(readDocx(document, noHints), {instanceOf: Unreadable});
  t.is(error?.reason, reason);
}

test('headers come first, then the body, footers and notes', async (t) => {
  const document = docx(paragraph(run('body')), {
    'word/footnotes.xml': part('footnotes', paragraph(run('footnote'))),
    'word/footer1.xml': part('ftr', paragraph(run('footer'))),
    'word/header1.xml': part('hdr', paragraph(run('header'))),
  });

  t.is(await textOf(document), 'header\n\nbody\n\nfooter\n\nfootnote');
});

test('a header that is the same on all kinds of pages is read once', async (t) => {
  const header = part('hdr', paragraph(run('Claim 17')));
  const document = docx(paragraph(run('body')), {'word/header1.xml': header, 'word/header2.xml': header});

  t.is(await textOf(document), 'Claim 17\n\nbody');
});

test('what was deleted or moved away is not read, what was inserted is', async (t) => {
  const document = docx(
    paragraph(
      run('I owe '),
      `<w:del><w:r><w:delText>nothing</w:delText></w:r></w:del>`,
      `<w:ins>${run('something')}</w:ins>`,
      `<w:moveFrom>${run(' gone')}</w:moveFrom>`,
    ),
  );

  t.is(await textOf(document), 'I owe something');
});

test('hidden text is not read', async (t) => {
  const document = docx(
    paragraph(run('seen'), run(' unseen', '<w:vanish/>'), run(' shown', '<w:vanish w:val="0"/>')),
  );

  t.is(await textOf(document), 'seen shown');
});

test('a text box is read once, after the paragraph it stands in', async (t) => {
  const box = `<w:txbxContent>${paragraph(run('boxed'))}</w:txbxContent>`;
  const drawing = `<w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>`;
  const document = docx(paragraph(run('before '), drawing, run('after')) + paragraph(run('next')));

  t.is(await textOf(document), 'before after\nboxed\nnext');
});

test('tabs and breaks in a run are kept, tab stops are not text', async (t) => {
  const document = docx(
    paragraph(
      '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>',
      '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>',
    ),
  );

  t.is(await textOf(document), 'a\tb\nc');
});

test('a document type declaration is refused, so that no entity is ever expanded', async (t) => {
  const laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
  const document = zip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `${laughs}<w:document><w:p><w:r><w:t>x</w:t></w:r></w:p></w:document>`,
  });

  await isRefused(t, document, 'corrupt');
});

test('broken XML is corrupt', async (t) => {
  await isRefused(t, docx('<w:p><w:r></w:p>'), 'corrupt');
});

test('an archive that unpacks to far more than it holds is refused while it is unpacked', async (t) => {
  const started = process.memoryUsage.rss();
  const document = docx(paragraph(run('a'.repeat(12 * 1024 * 1024))));
  t.true(document.length < 64 * 1024);

  await isRefused(t, document, 'too-large');
  t.true(process.memoryUsage.rss() - started < 200 * 1024 * 1024);
});

test('an archive of too many files is refused by its directory', async (t) => {
  const files = Object.fromEntries(Array.from({length: 10_001}, (_, index) => [`word/${index}.xml`, '']));

  await isRefused(t, zip({'word/document.xml': '<w/>', ...files}), 'too-large');
});
