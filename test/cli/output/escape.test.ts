import test from 'ava';
import {parse} from 'yaml';
import {serialized} from '../../../services/cli/output/print.ts';

const name = 'a\u001b[31m\u009b31m\u007f \u202egpj.exe\u2066 \u200f\u2028 müller \u{1F600}';
const document = {[name]: name, lines: `one\ntwo ${name}\n`, plain: 'müller'};

for (const format of ['json', 'yaml'] as const)
  test(`no character reaches a terminal in ${format} that moves its cursor or turns its text around`, async (t) => {
    const text = await serialized(document, format);

    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    t.notRegex(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    t.regex(text, /müller/);
    t.deepEqual(format === 'json' ? JSON.parse(text) : parse(text), document);
  });
