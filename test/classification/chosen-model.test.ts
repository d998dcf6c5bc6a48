/** The owner's models take the place of those that ship. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {categories} from '#events';
import {chosenModel, ofCategories, ofSignals} from '../../services/classification/chosen-model.ts';
import {classify} from '../../services/classification/classify.ts';
import {decodeModel, encodeModel} from '../../services/classification/model-file.ts';
import {aboutParking, compressed, settingsOf, townHall, townHallCategories} from './town-hall.ts';

const learned = () => decodeModel(Buffer.from(townHall));

test('the models that ship know what rules that ship can ask for', async (t) => {
  const none = {settingsDirectory: undefined};
  const [about, atRisk] = [await chosenModel(ofCategories, none), await chosenModel(ofSignals, none)];

  t.deepEqual(about.categories, categories);
  t.deepEqual([...ofCategories.faults(about), ...ofSignals.faults(atRisk)], []);
});

test('the owner’s model says what a letter is about, compressed or not', async (t) => {
  for (const files of [{'categories.model': townHall}, {'categories.model.br': compressed(townHall)}]) {
    const settingsDirectory = await settingsOf(files);
    const model = await chosenModel(ofCategories, {settingsDirectory});

    t.deepEqual(model.categories, townHallCategories);
    t.is(classify(model, aboutParking).alternatives[0]?.category, 'parking');
    t.not((await chosenModel(ofSignals, {settingsDirectory})).name, 'town-hall');
  }
});

test('a model with names that no fact can carry is refused, with each of them', async (t) => {
  const {categories: _, ...rest} = learned();
  const bytes = encodeModel({
    ...rest,
    version: '1.0 beta',
    categories: ['Parking fines', 'library', 'street_lighting', 'waste'],
  });
  const settingsDirectory = await settingsOf({'categories.model': bytes});

  const {message = ''} = (await t.throwsAsync(chosenModel(ofCategories, {settingsDirectory}))) ?? {};

  const file = path.join(settingsDirectory, 'categories.model');
  const expected = 'Expected lower-case words joined by `_`, `-` or `.` as name, version and categories';
  t.deepEqual(message.split('\n'), [
    `${file}: ${expected}, got \`1.0 beta\`.`,
    `${file}: ${expected}, got \`Parking fines\`.`,
  ]);
});

test('a model of signals has to know signals, and letters without one', async (t) => {
  const wrong = await settingsOf({'at-risk.model': townHall});
  const {subject: _, ...rest} = learned();
  const bytes = encodeModel({...rest, subject: null, categories: ['death', 'illness', 'minor', 'violence']});
  const narrow = await settingsOf({'at-risk.model': bytes});

  await t.throwsAsync(chosenModel(ofSignals, {settingsDirectory: wrong}), {
    message: /at-risk\.model: Expected signals of self-harm, .* as categories, got `library`\.\n/,
  });
  await t.throwsAsync(chosenModel(ofSignals, {settingsDirectory: narrow}), {
    message: /^\S+at-risk\.model: Expected a model that has learned from letters without a signal too/,
  });
});

test('the model that ships fits into a ConfigMap when it is compressed, with the rules and signals that ship', (t) => {
  const of = (name: string) => readFileSync(new URL(`../../services/${name}`, import.meta.url));
  const model = compressed(readFileSync(ofCategories.shipped));
  const texts = [of('routing/rules.yaml'), of('classification/signals/signals.yaml')];

  const bytes = [model, ...texts].reduce((sum, {length}) => sum + length, 0);

  t.log(`${model.length} and ${bytes} bytes`);
  t.true(readFileSync(ofCategories.shipped).length > 2 ** 20);
  t.true(bytes < 2 ** 20);
});
