import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {classify} from '../../services/classification/classify.ts';
import {readModel, writeModel} from '../../services/classification/model.ts';
import {encodeModel} from '../../services/classification/model-file.ts';
import {trainModel} from '../../services/classification/train.ts';
import {foreignExamples, madeUpExamples} from './made-up-examples.ts';

const examples = madeUpExamples(10);
const model = trainModel([...examples, ...foreignExamples(10)], {name: 'town-hall', version: '1.0.0'});

test('a model read from its file says what the model said', async (t) => {
  const path = join(await folder(t), 'town-hall.model');
  await writeModel(path, model);

  const read = await readModel(path);

  const {vectorize: _, ...learned} = read;
  const {vectorize: __, ...original} = model;
  t.deepEqual(learned, original);
  for (const {text} of examples) t.deepEqual(classify(read, text), classify(model, text));
});

test('a model that knows of nothing else is read as it was', async (t) => {
  const path = join(await folder(t), 'all-is-town-hall.model');
  const narrow = trainModel(examples, {name: 'town-hall', version: '1.0.0'});
  await writeModel(path, narrow);

  const read = await readModel(path);

  t.is(read.subject, null);
  for (const {text} of examples) t.deepEqual(classify(read, text), classify(narrow, text));
});

test('a changed byte is noticed, wherever it is', async (t) => {
  const path = join(await folder(t), 'damaged.model');
  const bytes = encodeModel(model);
  for (const at of [16, 60, bytes.length - 1]) {
    await writeFile(
      path,
      bytes.map((byte, place) => (place === at ? byte ^ 1 : byte)),
    );

    await t.throwsAsync(readModel(path), {
      message: `Expected a model in \`${path}\`: it is damaged: its SHA-256 is not the one it says.`,
    });
  }
});

test('a file that was cut off is noticed', async (t) => {
  const path = join(await folder(t), 'cut.model');
  await writeFile(path, encodeModel(model).subarray(0, 5000));

  await t.throwsAsync(readModel(path), {message: /it is damaged/});
});

test('a file of another format is told from a damaged one', async (t) => {
  const path = join(await folder(t), 'newer.model');
  const bytes = encodeModel(model);
  bytes[8] = 3;
  await writeFile(path, bytes);

  await t.throwsAsync(readModel(path), {message: /its format is 3, this version reads 2\.$/});
});

test('another file is no model', async (t) => {
  const path = join(await folder(t), 'letter.txt');
  await writeFile(path, 'Dear town hall, this is a letter and not a model of anything at all.');

  await t.throwsAsync(readModel(path), {message: /it is no model file\.$/});
});

test('a missing file is named', async (t) => {
  await t.throwsAsync(readModel('/nowhere/at-all.model'), {
    message: /^Expected a model in `\/nowhere\/at-all\.model`: .*no such file/,
  });
});

async function folder(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'model-'));
  t.teardown(() => rm(path, {recursive: true}));
  return path;
}
