import test from 'ava';
import {encodeModel} from '../../services/classification/model-file.ts';
import {trainModel} from '../../services/classification/train.ts';
import {madeUpExamples} from './made-up-examples.ts';

const examples = madeUpExamples(30);
const named = {name: 'town-hall', version: '1.0.0'};

test('the same examples and seed give the same bytes', (t) => {
  const first = encodeModel(trainModel(examples, named));
  const second = encodeModel(trainModel(examples, named));

  t.deepEqual(first, second);
});

test('another seed gives other bytes', (t) => {
  const first = encodeModel(trainModel(examples, named));
  const second = encodeModel(trainModel(examples, {...named, seed: 2}));

  t.notDeepEqual(first, second);
});

test('a model learns what its examples are about', (t) => {
  const {measures, training, categories} = trainModel(examples, named);

  t.deepEqual(categories, ['library', 'parking', 'street_lighting', 'waste']);
  t.true(measures.accuracy > 0.9, `accuracy is ${measures.accuracy}`);
  t.is(training.examples, 120);
});

test('a fifth of each category is held out to measure', (t) => {
  const {measures} = trainModel(examples, named);

  t.is(measures.documents, 24);
  t.deepEqual(
    measures.categories.map(({documents}) => documents),
    [6, 6, 6, 6],
  );
});

test('where examples contradict each other, confidence tells so', (t) => {
  const categories = ['library', 'parking', 'street_lighting', 'waste'];
  const guesses = examples.map(({text}, at) => ({
    text,
    category: categories[(at * 7 + (at >> 3)) % 4] ?? '',
  }));

  const {measures} = trainModel(guesses, {...named, holdOut: 0.5});

  t.true(measures.accuracy < 0.5, `accuracy is ${measures.accuracy}`);
  t.true(measures.calibrationError < 0.2, `calibration error is ${measures.calibrationError}`);
});

test('one category is not enough', (t) => {
  const only = examples.filter(({category}) => category === 'parking');

  t.throws(() => trainModel(only, named), {
    message: 'Expected examples of at least two categories, got 1.',
  });
});

test('a category of few examples is refused by name', (t) => {
  const few = [...examples, {category: 'dogs', text: 'A dog barks.'}];

  t.throws(() => trainModel(few, named), {message: 'Expected at least 5 examples of `dogs`, got 1.'});
});

test('a category that no fact can carry is refused', (t) => {
  const odd = examples.map(({text, category}) => ({text, category: `About ${category}`}));

  t.throws(() => trainModel(odd, named), {message: /lower-case words.*`About parking`/});
});

test('nothing can be measured on a share of nothing', (t) => {
  t.throws(() => trainModel(examples, {...named, holdOut: 0}), {
    message: 'Expected `holdOut` from 0.05 to 0.5, got `0`.',
  });
});
