import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readModel} from '../../services/classification/model.ts';
import {train} from '../../services/classification/train-command.ts';
import {madeUpExamples} from './made-up-examples.ts';

test('a file of examples becomes a model file and a report', async (t) => {
  const {examples, out} = await files(
    t,
    madeUpExamples(10).map((example) => JSON.stringify(example)),
  );

  const report = await train({examples, out, name: 'town-hall', version: '2.0.0'});

  const model = await readModel(out);
  t.is(report.bytes, (await readFile(out)).length);
  t.is(report.terms, model.vocabulary.keys.length);
  t.deepEqual(report.measures, model.measures);
  t.like(model, {name: 'town-hall', version: '2.0.0'});
});

test('a category may be called label', async (t) => {
  const lines = madeUpExamples(10).map(({category, text}) => JSON.stringify({label: category, text}));
  const {examples, out} = await files(t, lines);

  t.is((await train({examples, out, name: 'town-hall', version: '1.0.0'})).categories.length, 4);
});

for (const line of ['{"text": 1, "category": "parking"}', '{"text": "no category"}', 'no JSON', '[]']) {
  test(`a line that is no example is named: ${line}`, async (t) => {
    const {examples, out} = await files(t, ['{"text": "a", "category": "parking"}', '', line]);

    await t.throwsAsync(train({examples, out, name: 'town-hall', version: '1.0.0'}), {
      message: `Expected a JSON object with \`text\` and \`category\` in line 3 of \`${examples}\`.`,
    });
  });
}

async function files(t: ExecutionContext, lines: string[]): Promise<{examples: string; out: string}> {
  const path = await mkdtemp(join(tmpdir(), 'train-'));
  t.teardown(() => rm(path, {recursive: true}));
  const examples = join(path, 'examples.jsonl');
  await writeFile(examples, lines.join('\n'));
  return {examples, out: join(path, 'out.model')};
}
