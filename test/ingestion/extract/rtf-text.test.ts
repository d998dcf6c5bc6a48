import test from 'ava';
import {rtfText} from '../../../services/ingestion/extract/word/rtf-text.ts';

const textOf = (source: string) => rtfText(Buffer.from(source, 'latin1'));

test('paragraphs, tabs and escaped characters are text, groups for programs are none', (t) => {
  const head =
    '{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}{\\*\\writerword Writer;}{\\info{\\title secret}}';

  t.is(
    textOf(`{\\rtf1\\ansi${head}\\f0 a\\tab b\\par\r\n\\{c\\}\\~\\\\d{\\b e}\\line f}`),
    'a\tb\n{c} \\de\nf',
  );
});

test('bytes are characters of the code page, of two bytes too', (t) => {
  t.is(textOf("{\\rtf1\\ansi\\ansicpg1250 \\'b3\\'f3d\\'9f}"), 'łódź');
  t.is(textOf("{\\rtf1\\ansi\\ansicpg932 \\'82\\'a0}"), 'あ');
  t.is(textOf("{\\rtf1\\ansi\\ansicpg99999 \\'e9}"), 'é');
});

test('a character in Unicode replaces those that repeat it', (t) => {
  t.is(textOf("{\\rtf1\\ansi \\u322?\\'3f\\u-10179?\\u-8704?}"), 'ł?😀');
  t.is(textOf("{\\rtf1\\ansi\\uc2 \\u322\\'a3\\'b3d{\\uc0 \\u243x}}"), 'łdóx');
});

test('hidden text is none, and what is shown again is', (t) => {
  t.is(textOf('{\\rtf1 a{\\v gone}b\\v gone\\v0 c\\v gone\\plain d}'), 'abcd');
});

test('the result of a field is text, its code is none', (t) => {
  t.is(textOf('{\\rtf1{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt here}}}'), 'here');
});

test('groups that do not match are read', (t) => {
  t.is(textOf('{\\rtf1 a}}}b'), 'ab');
  t.is(textOf('{{{{\\rtf1 a'), 'a');
});

test('words that every object knows are no marks', (t) => {
  t.is(textOf('{\\rtf1 a\\constructor b}'), 'ab');
});
