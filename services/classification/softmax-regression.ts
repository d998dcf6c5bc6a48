/** Multinomial logistic regression, fitted by AdaGrad (Duchi, Hazan, Singer 2011), one example after another. */
import {randomFrom, shuffled} from './random.ts';
import type {Vector} from './vectorizer.ts';

/** What was learned: a weight for each term and category, and a bias for each category. */
export interface Weights {
  /** Categories of one term stand together: `term * categories + category`. */
  readonly terms: Float32Array;
  readonly biases: Float32Array;
}

/** A vector and the number of its category. */
export interface Labelled {
  readonly vector: Vector;
  readonly label: number;
}

export interface FitOptions {
  /** Terms of the vocabulary. */
  terms: number;
  categories: number;
  seed: number;
  /**
   * Few examples of each category: weights start at what its examples have in common, and no example is taken for
   * certain. On 10 questions to each of 77 categories that was right one point more often. Default false.
   */
  isFew?: boolean;
}

const epochs = 6;
/** Weights swing about what they come to: the mean of those after the last epochs is nearer to it than the last. */
const averaged = 3;
const rate = 0.3;
const decay = 0.3;
const shrinkage = 1e-5;
const firstSquare = 1e-2;
const heaviest = 8;
/** An error of a category so small isn't worth a step; it would change nothing but the time. */
const negligible = 1e-3;
/** With few examples: how large a mean counts as a weight, and what the other categories get of an example. */
const firstMean = 20;
const fewDoubt = 0.1;

/**
 * Fits weights. An example weighs `n / (categories * examples of its category)`, at most 8, so that a rare category
 * is heard. The same examples in the same order and the same seed give the same weights.
 */
export function fit(examples: readonly Labelled[], options: FitOptions): Weights {
  const {terms, categories, seed, isFew = false} = options;
  const [weights, means] = [zeros(terms, categories), zeros(terms, categories)];
  if (isFew) startAtMeans(weights, examples);
  const doubt = isFew ? fewDoubt : 0;
  const squares = {
    terms: new Float32Array(terms * categories).fill(firstSquare),
    biases: new Float32Array(categories).fill(firstSquare),
  };
  const loudness = balance(examples, categories);
  const random = randomFrom(seed);
  let order: readonly Labelled[] = examples;
  for (let epoch = 0; epoch < epochs; epoch++) {
    order = shuffled(order, random);
    const size = rate / (1 + decay * epoch);
    for (const example of order)
      learn(weights, squares, example, {size, doubt, loudness: loudness[example.label] ?? 1});
    if (epoch >= epochs - averaged) addPart(means, weights);
  }
  return means;
}

function zeros(terms: number, categories: number): Weights {
  return {terms: new Float32Array(terms * categories), biases: new Float32Array(categories)};
}

function addPart(means: Weights, weights: Weights): void {
  for (const [sums, values] of [
    [means.terms, weights.terms],
    [means.biases, weights.biases],
  ] as const) {
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (values[at] ?? 0) / averaged;
  }
}

/** The score of each category: its bias and the weights of the text's terms. */
export function scores(weights: Weights, {terms, values}: Vector): Float64Array {
  const sums = Float64Array.from(weights.biases);
  const categories = sums.length;
  for (let at = 0; at < terms.length; at++) {
    const from = (terms[at] ?? 0) * categories;
    const value = values[at] ?? 0;
    for (let category = 0; category < categories; category++) {
      sums[category] = (sums[category] ?? 0) + (weights.terms[from + category] ?? 0) * value;
    }
  }
  return sums;
}

/** Scores as probabilities. A higher temperature brings them closer together. */
export function softmax(of: Float64Array, temperature = 1): Float64Array {
  const highest = of.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = of.map((score) => Math.exp((score - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function startAtMeans(weights: Weights, examples: readonly Labelled[]): void {
  const categories = weights.biases.length;
  const counts = countsOf(examples, categories);
  for (const {vector, label} of examples) {
    for (let at = 0; at < vector.terms.length; at++) {
      const place = (vector.terms[at] ?? 0) * categories + label;
      const part = (firstMean * (vector.values[at] ?? 0)) / (counts[label] ?? 1);
      weights.terms[place] = (weights.terms[place] ?? 0) + part;
    }
  }
}

interface Step {
  size: number;
  loudness: number;
  /** The probability, 0 to 1, that an example is said to be of the other categories together. */
  doubt: number;
}

function learn(weights: Weights, squares: Weights, {vector, label}: Labelled, step: Step): void {
  const {size, loudness, doubt} = step;
  const errors = softmax(scores(weights, vector));
  const doubtOfOne = doubt / Math.max(1, errors.length - 1);
  if (doubt > 0) subtractFromAll(errors, doubtOfOne);
  errors[label] = (errors[label] ?? 0) - (1 - doubt - doubtOfOne);
  const wrong = Uint32Array.from(
    errors.keys().filter((category) => Math.abs(errors[category] ?? 0) >= negligible),
  );
  const slopes = Float64Array.from(wrong, (category) => (errors[category] ?? 0) * loudness);
  const {terms, values} = vector;
  for (let at = 0; at < terms.length; at++) {
    const from = (terms[at] ?? 0) * errors.length;
    const value = values[at] ?? 0;
    for (let w = 0; w < wrong.length; w++) {
      descend(weights.terms, squares.terms, from + (wrong[w] ?? 0), (slopes[w] ?? 0) * value, size);
    }
  }
  for (let w = 0; w < wrong.length; w++)
    descend(weights.biases, squares.biases, wrong[w] ?? 0, slopes[w] ?? 0, size / 10);
}

/** One step of AdaGrad: the more a weight was moved before, the less it moves now. */
function descend(
  weights: Float32Array,
  squares: Float32Array,
  place: number,
  error: number,
  size: number,
): void {
  const weight = weights[place] ?? 0;
  const slope = error + shrinkage * weight;
  const square = (squares[place] ?? 0) + slope * slope;
  squares[place] = square;
  weights[place] = weight - (size * slope) / Math.sqrt(square);
}

function subtractFromAll(errors: Float64Array, part: number): void {
  for (let category = 0; category < errors.length; category++) {
    errors[category] = (errors[category] ?? 0) - part;
  }
}

function countsOf(examples: readonly Labelled[], categories: number): Float64Array {
  const counts = new Float64Array(categories);
  for (const {label} of examples) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function balance(examples: readonly Labelled[], categories: number): Float64Array {
  return countsOf(examples, categories).map((count) =>
    Math.min(heaviest, examples.length / (categories * Math.max(1, count))),
  );
}
