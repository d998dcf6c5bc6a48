/** Letters by a writer who knew no phrase; what is learned comes from another one, and from every other of these. */
import {readFileSync} from 'node:fs';
import test from 'ava';
import {signals} from '#events';
import {ofSignals} from '../../../services/classification/chosen-model.ts';
import {readModel} from '../../../services/classification/model.ts';
import {encodeModel} from '../../../services/classification/model-file.ts';
import {signalFinder} from '../../../services/classification/signals/find-signals.ts';
import {withLearned} from '../../../services/classification/signals/learned.ts';
import {readSignals} from '../../../services/classification/signals/read-signals.ts';
import {termsOf} from '../../../services/classification/terms.ts';
import {trainModel} from '../../../services/classification/train.ts';
import {skip} from '../../skip.ts';
import {documents, gatherAtRisk, heldLetters, missingFrom} from '../../training/gather.ts';

const shipped = new URL('../../../services/classification/signals/signals.yaml', import.meta.url);
const model = await readModel(ofSignals.shipped);
const find = withLearned(signalFinder(readSignals(readFileSync(shipped, 'utf8'), 'signals.yaml')), model);

test('of a hundred letters of people at risk, or with the law at the door, nineteen in twenty are found', async (t) => {
  const letters = await heldLetters('letters.jsonl');

  const missed = letters.filter(({text}) => find(text).length === 0).map(({id}) => id);

  t.is(letters.length, 100);
  t.log(`${letters.length - missed.length} of ${letters.length} found; not ${missed.join(', ')}`);
  t.true(missed.length <= 5);
});

test('of each signal most letters are found, in whatever name', async (t) => {
  const letters = await heldLetters('letters.jsonl');

  for (const signal of Object.keys(signals).filter((name) => name !== 'concern')) {
    const giving = letters.filter((letter) => letter.signals?.includes(signal) === true);
    const found = giving.filter(({text}) => find(text).length > 0);
    t.true(giving.length >= 9, signal);
    t.true(found.length >= 0.8 * giving.length, `${signal}: ${found.length} of ${giving.length}`);
  }
});

/** Says none of the phrases. */
const despair =
  'I want you to know that none of it was the fault of my children. I am so tired, and tonight I will rest.';

test('what is learned names the words that spoke for it, and only speaks where no phrase is said', (t) => {
  const [found] = find(despair);

  t.truthy(found);
  t.true(Object.hasOwn(signals, found?.signal ?? ''));
  t.deepEqual(
    find('My father passed away.').map(({signal}) => signal),
    ['death'],
  );
});

test('what is counted already is not counted again', (t) => {
  t.deepEqual(find('Nothing is said here.', termsOf(despair)), find(despair));
});

test('the same letters give the same model', async (t) => {
  t.timeout(600_000);
  const missing = missingFrom(documents);
  if (missing.length > 0) return void skip(t, `${missing.join(', ')} is not in ${documents}`);

  const {name, version} = model;
  const again = trainModel(await gatherAtRisk(), {name, version});

  t.deepEqual(Buffer.from(encodeModel(again)), readFileSync(ofSignals.shipped));
});
