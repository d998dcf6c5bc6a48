import test from 'ava';
import {printList, type View} from '../../../services/cli/output/print.ts';
import {widthOf} from '../../../services/cli/output/width.ts';

interface Row {
  readonly id: string;
  readonly file: string;
  readonly note: string;
  readonly isWrong?: boolean;
}

const view: View<Row> = {
  name: ({id}) => id,
  columns: [
    {title: 'ID', value: ({id}) => id, cut: 'nothing'},
    {title: 'FILE', value: ({file}) => file, cut: 'start'},
    {title: 'NOTE', value: ({note}) => note, whole: ({isWrong}) => isWrong === true},
  ],
};

const rows: Row[] = [
  {
    id: 'doc-00000000000000000001',
    file: 'inbox/2026/letter-of-mrs-example.pdf',
    note: 'Your 手紙 about your mortgage',
  },
  {id: 'doc-00000000000000000002', file: 'a.pdf', note: '-'},
];

async function printed(
  items: readonly Row[],
  columns: number | undefined,
  format: 'table' | 'wide' = 'table',
) {
  const texts: string[] = [];
  const terminal = {
    program: 'dip',
    env: {},
    signal: new AbortController().signal,
    columns,
    print: (text: string) => texts.push(text),
    note: () => {},
    progress: () => {},
    paint: (_color: unknown, text: string) => text,
  };
  await printList(items, format, view, terminal);
  return texts.join('\n').split('\n');
}

test('on a terminal the widest columns give way until all fit, and what is cut says so at its side', async (t) => {
  const lines = await printed(rows, 64);

  t.deepEqual(lines, [
    'ID                        FILE                NOTE',
    'doc-00000000000000000001  …f-mrs-example.pdf  Your 手紙 about y…',
    'doc-00000000000000000002  a.pdf               -',
  ]);
  for (const line of lines) t.true(widthOf(line) <= 64, line);
});

test('where nothing is a terminal, with -o wide and where there is room nothing is cut', async (t) => {
  const whole = await printed(rows, undefined);

  t.true(whole.join('\n').includes('inbox/2026/letter-of-mrs-example.pdf  Your 手紙 about your mortgage'));
  t.deepEqual(await printed(rows, 40, 'wide'), whole);
  t.deepEqual(await printed(rows, 200), whole);
});

test('an id and what went wrong are never cut, however narrow the terminal is', async (t) => {
  const wrong = 'There is no file of that name in this folder, and none in the one above it.';
  const lines = await printed([...rows, {id: 'doc-3', file: 'b.pdf', note: wrong, isWrong: true}], 20);

  t.true(lines[1]?.startsWith('doc-00000000000000000001  …ple.pdf  Your 手…'), lines[1]);
  t.true(lines[3]?.endsWith(`  ${wrong}`));
});
