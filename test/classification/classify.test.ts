import test from 'ava';
import {documentClassified, Explanation} from '#events';
import {faultsOf} from '#kit';
import {classify} from '../../services/classification/classify.ts';
import {contributions} from '../../services/classification/contributions.ts';
import {scores} from '../../services/classification/softmax-regression.ts';
import {termsOf} from '../../services/classification/terms.ts';
import {trainModel} from '../../services/classification/train.ts';
import {foreignExamples, madeUpExamples} from './made-up-examples.ts';

const model = trainModel(madeUpExamples(30), {name: 'town-hall', version: '1.0.0'});
const broad = trainModel([...madeUpExamples(30), ...foreignExamples(60)], {
  name: 'town-hall',
  version: '1.1.0',
});
const letter = 'Hello, I got a parking ticket and the parking fine is unfair. My parking permit is valid.';

test('a letter gets its category, the next likely ones, and the words that decided', (t) => {
  const {category, confidence, alternatives, explanation} = classify(model, letter);

  t.is(category, 'parking');
  t.true(confidence !== null && confidence > 0.8 && confidence < 1);
  t.is(alternatives.length, 3);
  t.deepEqual(alternatives[0], {category: 'parking', confidence: confidence ?? 0});
  t.is(explanation?.category, 'parking');
  t.is(explanation?.against, alternatives[1]?.category);
  t.is(explanation?.terms[0]?.term, 'parking');
});

test('what is said fits the fact and the blob that carry it', (t) => {
  for (const text of [letter, 'zzz', '', 'book lamp bins parking']) {
    const {category, confidence, alternatives, explanation} = classify(model, text);

    const data = {...documentClassified.example, category, confidence, alternatives};
    t.deepEqual(documentClassified.faults(data), []);
    if (explanation !== null) t.deepEqual(faultsOf(Explanation)(explanation), []);
  }
});

test('a text about something else has no category, a low confidence, and real categories as alternatives', (t) => {
  const {category, confidence, alternatives, explanation} = classify(
    broad,
    'Hello, our winter sale has begun. Please find the invoice enclosed.',
  );

  t.is(category, null);
  t.true(confidence !== null && confidence < 0.2, `${confidence}`);
  t.is(alternatives.length, 3);
  for (const one of alternatives) t.true(broad.categories.includes(one.category));
  t.true(broad.categories.includes(explanation?.category ?? ''));
});

test('the confidences of all categories sum to what speaks for the subject', (t) => {
  const four = classify(broad, letter).alternatives.reduce((sum, {confidence}) => sum + confidence, 0);

  t.true(four > 0.9 && four < 1, `${four}`);
});

test('the contributions of all words and the biases sum to the log-odds of two categories', (t) => {
  const terms = termsOf(letter);
  const vector = model.vectorize(terms.bag);
  const said = scores(model.weights, vector);
  const [category, against] = [model.categories.indexOf('parking'), model.categories.indexOf('waste')];
  const lead = (of: Float64Array | Float32Array) =>
    ((of[category] ?? 0) - (of[against] ?? 0)) / model.temperature;

  const sum = [...contributions(model, {terms, vector}, {category, against})].reduce(
    (one, other) => one + other,
    lead(model.weights.biases),
  );

  t.true(Math.abs(sum - lead(said)) < 1e-9, `${sum} is not ${lead(said)}`);
});

test('pieces of words are counted under the word that holds them', (t) => {
  const terms = termsOf('parking parking');

  t.deepEqual(terms.shown(), ['parking', 'parking parking']);
  t.true(terms.bag.keys.length > 20);
  const each = Float64Array.from(terms.bag.times, (times) => 1 / times);
  t.deepEqual([...terms.sums(each)].map(Math.round), [terms.bag.keys.length - 1, 1]);
});

test('a text of no known term is not scored', (t) => {
  for (const text of ['', '   ', '12 345', 'щюъ', 'qqq']) {
    t.deepEqual(classify(model, text), {
      category: null,
      confidence: null,
      alternatives: [],
      explanation: null,
    });
  }
});

test('a text that is mostly unknown is scored and left unclassified', (t) => {
  const {category, confidence, alternatives} = classify(
    model,
    'The quarterly revenue of our subsidiary grew by double digits, driven by semiconductor exports overseas.',
  );

  t.is(category, null);
  t.true(confidence !== null && confidence < model.threshold);
  t.is(alternatives.length, 3);
});

test('a long text is as good as its first 20,000 characters', (t) => {
  const start = `${letter} `.repeat(400).slice(0, 20_000);

  t.deepEqual(classify(model, `${start} The bins were not emptied.`), classify(model, start));
});
