import test from 'ava';
import {classify} from '../../services/classification/classify.ts';
import {encodeModel} from '../../services/classification/model-file.ts';
import {trainModel} from '../../services/classification/train.ts';
import {foreignExamples, madeUpExamples} from './made-up-examples.ts';

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

test('texts about something else change nothing of what is learned about categories', (t) => {
  const narrow = trainModel(examples, named);
  const broad = trainModel([...foreignExamples(40), ...examples], named);

  t.deepEqual(broad.vocabulary, narrow.vocabulary);
  t.deepEqual(broad.weights, narrow.weights);
  t.is(broad.temperature, narrow.temperature);
  t.deepEqual(broad.categories, narrow.categories);
});

test('what is about something else gets no category, of a kind that was never seen too', (t) => {
  const model = trainModel([...foreignExamples(40), ...examples], named);

  t.is(classify(model, 'Hello, shoes at half price in our winter sale. Regards.').category, null);
  t.is(classify(model, 'Good morning, the train to the lake leaves late. Thank you.').category, null);
  t.is(classify(model, 'Hello, my car was towed. The parking fine is unfair. Regards.').category, 'parking');
});

test('how many texts about something else got a category is measured on those held out', (t) => {
  const {measures, training} = trainModel([...foreignExamples(40), ...examples], named);

  t.deepEqual(measures.foreign, {documents: 8, classified: 0});
  t.is(measures.documents, 24);
  t.deepEqual([training.examples, training.foreign], [120, 40]);
  t.deepEqual(trainModel(examples, named).measures.foreign, {documents: 0, classified: 0});
});

test('what is made up is learned from, and nothing is measured on it', (t) => {
  const madeUp = [{category: 'waste', text: 'The compost heap of the allotments stinks.', isMadeUp: true}];
  const text = 'compost allotments';

  const without = trainModel(examples, named);
  const taught = trainModel([...examples, ...madeUp, ...madeUp], named);

  t.is(taught.measures.documents, without.measures.documents);
  t.is(classify(without, text).alternatives[0]?.category === 'waste', false);
  t.is(classify(taught, text).alternatives[0]?.category, 'waste');
});

test('few examples of each category go far', (t) => {
  const model = trainModel(madeUpExamples(8), named);
  const right = madeUpExamples(30, 2).filter(
    ({category, text}) => classify(model, text).alternatives[0]?.category === category,
  );

  t.true(right.length >= 114, `${right.length} of 120`);
});

test('too few texts about something else are refused', (t) => {
  t.throws(() => trainModel([...examples, ...foreignExamples(4)], named), {
    message: 'Expected at least 5 texts about something else, or none, got 4.',
  });
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
