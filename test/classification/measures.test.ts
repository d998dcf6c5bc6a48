import test from 'ava';
import {measure} from '../../services/classification/measures.ts';
import {softmax} from '../../services/classification/softmax-regression.ts';
import {fitTemperature, type Judged} from '../../services/classification/temperature.ts';
import {chooseThreshold} from '../../services/classification/threshold.ts';

/** Says category 0 with a probability, of a document of category `label`. */
const saying = (probability: number, label: number): Judged => ({
  scores: Float64Array.of(Math.log(probability), Math.log(1 - probability)),
  label,
});
const options = {categories: ['a', 'b'], temperature: 1, threshold: 0.7};

test('accuracy and F1 are counted as by hand', (t) => {
  const {accuracy, macroF1, categories} = measure(
    [saying(0.9, 0), saying(0.9, 0), saying(0.9, 1), saying(0.2, 1)],
    options,
  );

  t.is(accuracy, 0.75);
  t.deepEqual(categories[0], {category: 'a', documents: 2, precision: 0.6667, recall: 1, f1: 0.8});
  t.deepEqual(categories[1], {category: 'b', documents: 2, precision: 1, recall: 0.5, f1: 0.6667});
  t.is(macroF1, 0.7333);
});

test('the calibration error is the distance of what was said from what was so', (t) => {
  const {calibrationError, calibration} = measure([saying(0.9, 0), saying(0.9, 1)], options);

  t.is(calibrationError, 0.4);
  t.deepEqual(calibration, [{from: 0.8667, to: 0.9333, documents: 2, confidence: 0.9, accuracy: 0.5}]);
});

test('the automatic share ends where accuracy falls below 95 %', (t) => {
  const sure = Array.from({length: 19}, () => saying(0.99, 0));

  t.is(measure([...sure, saying(0.9, 1), saying(0.8, 1)], options).automatic, 0.9524);
});

test('the classified share is what the threshold leaves', (t) => {
  const {classified} = measure([saying(0.9, 0), saying(0.8, 1), saying(0.6, 0), saying(0.55, 1)], options);

  t.deepEqual(classified, {share: 0.5, accuracy: 0.5});
});

test('what is hardly about the subject at all is hardly of its likeliest category', (t) => {
  const doubted = {...saying(0.9, 0), belonging: 0.5};

  const {classified, accuracy} = measure([doubted, saying(0.9, 0)], options);

  t.is(accuracy, 1);
  t.deepEqual(classified, {share: 0.5, accuracy: 1});
});

test('texts about something else are counted apart, and those that got a category all the same', (t) => {
  const foreign = [
    {...saying(0.9, 9), belonging: 0.1},
    {...saying(0.9, 9), belonging: 0.9},
  ];

  const {documents, foreign: measured} = measure([saying(0.9, 0)], {...options, foreign});

  t.is(documents, 1);
  t.deepEqual(measured, {documents: 2, classified: 0.5});
});

test('a temperature makes boasting honest', (t) => {
  const boasts = Array.from({length: 100}, (_, at) => saying(0.999, at < 70 ? 0 : 1));

  const temperature = fitTemperature(boasts);

  const [honest = 0] = softmax(saying(0.999, 0).scores, temperature);
  t.true(Math.abs(honest - 0.7) < 0.01, `0.999 became ${honest}`);
});

test('a model without a mistake is not taken for certain', (t) => {
  const faultless = Array.from({length: 100}, () => saying(0.9, 0));

  const [likely = 0] = softmax(saying(0.9, 0).scores, fitTemperature(faultless));

  t.true(Math.abs(likely - 101 / 102) < 0.001, `0.9 became ${likely}`);
});

/** Says category 0 of three with a probability. */
const sayingOfThree = (probability: number): Judged => ({
  scores: Float64Array.of(probability, (1 - probability) / 2, (1 - probability) / 2).map(Math.log),
  label: 0,
});

test('the threshold keeps 95 % of the right answers, and 99 % where something else was learned', (t) => {
  const right = Array.from({length: 100}, (_, at) => sayingOfThree(0.405 + at * 0.004));
  const judged = [...right, saying(0.99, 1)];

  t.is(chooseThreshold(judged, 1, {knowsOthers: false}), 0.42);
  t.is(chooseThreshold(judged, 1, {knowsOthers: true}), 0.4);
});

test('the threshold is at most one half', (t) => {
  const right = Array.from({length: 100}, () => saying(0.9, 0));

  t.is(chooseThreshold(right, 1, {knowsOthers: false}), 0.5);
});
