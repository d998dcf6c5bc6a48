/** What rules and letters may name follows from the owner's model. */
import path from 'node:path';
import test from 'ava';
import {categories, templates} from '#events';
import {readVocabulary} from '#settings';
import {compressed, settingsOf, townHall, townHallCategories} from '../classification/town-hall.ts';

const vocabularyOf = async (files: Readonly<Record<string, string | Uint8Array>>) =>
  readVocabulary({settingsDirectory: await settingsOf(files)});

test('without a model of the owner’s it is what ships, whatever else they have written', async (t) => {
  const shipped = {categories, templates};

  t.deepEqual(await readVocabulary({settingsDirectory: undefined}), shipped);
  t.deepEqual(await vocabularyOf({'parking.liquid': 'x', 'at-risk.model': townHall}), shipped);
});

test('with one its categories are the only ones, and each may have a letter of its name', async (t) => {
  const found = await vocabularyOf({
    'categories.model': townHall,
    'parking.liquid': 'x',
    'insurance.liquid': 'x',
  });

  t.deepEqual(found.categories, townHallCategories);
  t.deepEqual(
    found.templates.filter((name) => !templates.includes(name)),
    ['parking'],
  );
  t.deepEqual(
    templates.filter((name) => !found.templates.includes(name)),
    [],
  );
});

test('a compressed model says the same', async (t) => {
  t.deepEqual(
    await vocabularyOf({'categories.model.br': compressed(townHall)}),
    await vocabularyOf({'categories.model': townHall}),
  );
});

test('a model that is there twice or can not be read is named', async (t) => {
  const twice = {'categories.model': townHall, 'categories.model.br': compressed(townHall)};
  const damaged = Buffer.from(townHall).fill(7, -4 + townHall.length);

  await t.throwsAsync(vocabularyOf(twice), {
    message: /^Expected one of categories\.model and categories\.model\.br in \S+settings, got both\.$/,
  });
  for (const [bytes, reason] of [
    [damaged, /^Expected a model in `\S+categories\.model`: it is damaged/],
    [Buffer.from('rules'), /: it is no model file\.$/],
  ] as const)
    await t.throwsAsync(vocabularyOf({'categories.model': bytes}), {message: reason});
  await t.throwsAsync(vocabularyOf({'categories.model.br': townHall}), {
    message: /^Expected a model in `\S+categories\.model\.br`: /,
  });
  await t.throwsAsync(readVocabulary({settingsDirectory: path.join('/nowhere', 'settings')}));
});
