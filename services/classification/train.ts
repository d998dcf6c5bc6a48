/** Examples to a model. Pure: the same examples, in the same order, and the same seed give the same bytes. */
import {createHash} from 'node:crypto';
import {measure} from './measures.ts';
import {type Model, modelOf} from './model.ts';
import {rounded} from './rounding.ts';
import {fit, scores, type Weights} from './softmax-regression.ts';
import {holdOut, parts} from './split.ts';
import {fitTemperature, type Judged} from './temperature.ts';
import {chooseThreshold} from './threshold.ts';
import {tokenize} from './tokens.ts';
import {type Bag, count, type Vectorize, type Vocabulary, vectorizer, vocabularyOf} from './vectorizer.ts';

/** A text and the category that it belongs to. */
export interface Example {
  readonly category: string;
  readonly text: string;
}

export interface TrainOptions {
  /** What the model is called: lower-case words joined by `-`, `_` or `.`. */
  name: string;
  version: string;
  /** Decides which examples are held out and in which order the rest is learned. Default 1. */
  seed?: number;
  /** The share of the examples, 0.05 to 0.5, that is held out to measure. Default 0.2. */
  holdOut?: number;
}

/** Parts that the examples are cut into to see what a model says about examples that it did not learn. */
const crossParts = 3;
const fewestExamples = 5;

/**
 * Trains a model.
 *
 * A share of the examples is held out. On the rest, 3-fold cross-validation fits the temperature and chooses the
 * threshold; a model of the rest is then measured on the held-out ones. The model given back keeps that
 * temperature and threshold, and has learned from all examples: none is wasted.
 *
 * @throws RangeError when there are fewer than two categories, or fewer than five examples of one.
 */
export function trainModel(examples: readonly Example[], options: TrainOptions): Model {
  const {name, version, seed = 1, holdOut: share = 0.2} = options;
  const categories = categoriesOf(examples);
  checkShare(share);
  const counted = examples.map(({category, text}) => ({
    bag: count(tokenize(text).keys),
    label: categories.indexOf(category),
  }));

  const {held, learned} = holdOut(counted, share, seed);
  const judged = crossJudge(learned, categories.length, seed);
  const temperature = fitTemperature(judged);
  const threshold = chooseThreshold(judged, temperature);
  const measured = judge(learn(learned, categories.length, seed), held);

  const {vocabulary, weights} = learn(counted, categories.length, seed);
  return modelOf({
    name,
    version,
    categories,
    vocabulary,
    weights,
    temperature,
    threshold,
    training: {examples: examples.length, sha256: sha256Of(examples), seed, holdOut: share},
    measures: measure(measured, {categories, temperature, threshold}),
  });
}

interface Counted {
  readonly bag: Bag;
  readonly label: number;
}

interface Lesson {
  readonly vocabulary: Vocabulary;
  readonly vectorize: Vectorize;
  readonly weights: Weights;
}

function learn(examples: readonly Counted[], categories: number, seed: number): Lesson {
  const vocabulary = vocabularyOf(examples.map(({bag}) => bag));
  const vectorize = vectorizer(vocabulary);
  const labelled = examples.map(({bag, label}) => ({vector: vectorize(bag), label}));
  const weights = fit(labelled, {terms: vocabulary.keys.length, categories, seed});
  return {vocabulary, vectorize, weights: {terms: rounded(weights.terms), biases: weights.biases}};
}

function judge({vectorize, weights}: Lesson, examples: readonly Counted[]): Judged[] {
  return examples.map(({bag, label}) => ({scores: scores(weights, vectorize(bag)), label}));
}

function crossJudge(examples: readonly Counted[], categories: number, seed: number): Judged[] {
  const cut = parts(examples, crossParts, seed);
  return cut.flatMap((part) => {
    const others = cut.filter((other) => other !== part).flat();
    return judge(learn(others, categories, seed), part);
  });
}

function categoriesOf(examples: readonly Example[]): string[] {
  const byCategory = Map.groupBy(examples, ({category}) => category);
  if (byCategory.size < 2) {
    throw new RangeError(`Expected examples of at least two categories, got ${byCategory.size}.`);
  }
  for (const [category, group] of byCategory) {
    if (!isName.test(category) || category.length > 63) {
      throw new RangeError(
        `Expected a category of lower-case words joined by \`_\`, \`-\` or \`.\`, got \`${category}\`.`,
      );
    }
    if (group.length < fewestExamples) {
      throw new RangeError(
        `Expected at least ${fewestExamples} examples of \`${category}\`, got ${group.length}.`,
      );
    }
  }
  return [...byCategory.keys()].sort();
}

const isName = /^[a-z0-9]+([._-][a-z0-9]+)*$/;

function checkShare(share: number): void {
  if (share >= 0.05 && share <= 0.5) return;
  throw new RangeError(`Expected \`holdOut\` from 0.05 to 0.5, got \`${share}\`.`);
}

function sha256Of(examples: readonly Example[]): string {
  const sum = createHash('sha256');
  for (const {category, text} of examples) sum.update(`${JSON.stringify([category, text])}\n`);
  return sum.digest('hex');
}
