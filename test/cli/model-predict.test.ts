/** What texts are about is said as the service says it, by a command and with nothing else running. */
import test from 'ava';
import {ofCategories} from '../../services/classification/chosen-model.ts';
import {classify} from '../../services/classification/classify.ts';
import {readModel} from '../../services/classification/model.ts';
import {aboutParking, compressed, settingsOf, townHall} from '../classification/town-hall.ts';
import {files} from './documents.ts';
import {dip} from './process.ts';

const letter =
  'Dear Sir or Madam, our mortgage was sold and the new servicer says two payments are missing. We have proof of both.';
const recipe = 'Peel six apples, rub butter into flour, and bake until golden.';
const lines = `${[letter, recipe, ''].map((text) => JSON.stringify({text, id: 7})).join('\n')}\n`;

test('each line is answered by a line, as the service would', async (t) => {
  const [file = ''] = await files(t, {'texts.jsonl': lines});
  const model = await readModel(ofCategories.shipped);

  const {code, stdout, stderr} = await dip(['model', 'predict', file, '-o', 'jsonl']);

  t.deepEqual([code, stderr], [0, '']);
  const said: unknown[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.deepEqual(
    said,
    [letter, recipe, ''].map((text) => {
      const {explanation: _, ...prediction} = classify(model, text);
      return prediction;
    }),
  );
});

test('a table says what each line is about, and stdin is read', async (t) => {
  const {code, stdout} = await dip(['model', 'predict', '-'], {input: lines});

  const [titles = '', first = '', second = '', third = ''] = stdout.split('\n');
  t.is(code, 0);
  t.regex(titles, /^LINE +CATEGORY +CONFIDENCE +TEXT$/);
  t.regex(first, /^1 +mortgage +\d\.\d\d +Dear Sir or Madam, our mortgage/);
  t.regex(second, /^2 +- +0\.\d\d +Peel six apples/);
  t.regex(third, /^3 +- +- +-$/);
});

test('a line that is no text is named, and those before it are answered', async (t) => {
  for (const fault of ['Dear bank', '{"txt": 1}', '{"text": 1}', '["text"]', '']) {
    const input = `${JSON.stringify({text: letter})}\n${fault}\n${JSON.stringify({text: recipe})}\n`;

    const {code, stdout, stderr} = await dip(['model', 'predict', '-', '-o', 'jsonl'], {input});

    t.is(code, 1, fault);
    t.is(stdout.trimEnd().split('\n').length, 1, fault);
    t.true(stderr.includes('stdin, line 2: expected an object like {"text": "…"}, got'), stderr);
  }
});

test('a file that is not there is named', async (t) => {
  const {code, stdout, stderr} = await dip(['model', 'predict', '/nowhere/texts.jsonl']);

  t.deepEqual([code, stdout], [1, '']);
  t.regex(stderr, /\/nowhere\/texts\.jsonl can not be read: /);
});

test('as JSON the answers are one array', async (t) => {
  const {stdout} = await dip(['model', 'predict', '-', '-o', 'json'], {input: lines});

  const said: {category: string | null}[] = JSON.parse(stdout);
  t.deepEqual(
    said.map(({category}) => category),
    ['mortgage', null, null],
  );
});

test('a model of one’s own is asked where it is named, or lies in the folder of settings', async (t) => {
  const input = `${JSON.stringify({text: aboutParking})}\n`;
  const settings = await settingsOf({'categories.model.br': compressed(townHall)});
  const predict = (words: readonly string[], env: Record<string, string> = {}) =>
    dip(['model', 'predict', '-', '-o', 'jsonl', ...words], {input, env});

  const named = await predict(['--model', `${settings}/categories.model.br`]);
  const found = await predict([], {DIP_SETTINGS_DIR: settings});
  const shipped = await predict([]);
  const missing = await predict(['--model', '/nowhere/categories.model']);

  t.regex(named.stdout, /^\{"category":"parking",/);
  t.is(found.stdout, named.stdout);
  t.regex(shipped.stdout, /^\{"category":null,/);
  t.is(missing.code, 1);
  t.regex(missing.stderr, /^Expected a model in `\/nowhere\/categories\.model`: ENOENT/);
});
