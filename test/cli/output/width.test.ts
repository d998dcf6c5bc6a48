import test from 'ava';
import {widthOf} from '../../../services/cli/output/width.ts';

test('a character of East Asian writing and an emoji take two columns, all else takes one', (t) => {
  const widths = {
    'letter.pdf': 10,
    'Müller & Söhne': 14,
    'Mu\u0308ller': 6,
    日本語の手紙: 12,
    한국어: 6,
    Ｆｕｌｌ: 8,
    ﾊﾝｶｸ: 4,
    عربي: 4,
    '😀': 2,
    '👨‍👩‍👧': 2,
    '✉️': 2,
    '': 0,
  };
  for (const [text, width] of Object.entries(widths)) t.is(widthOf(text), width, text);
});
