/** Examples to a model. Pure: the same examples, in the same order, and the same seed give the same bytes. */
import {createHash} from 'node:crypto';
import {fitCalibration} from './calibration.ts';
import {
  type Counted,
  countedOf,
  type Example,
  foreign,
  isOurs,
  judge,
  leadsOf,
  learn,
  withCalibration,
} from './lesson.ts';
import {measure} from './measures.ts';
import {type Model, modelOf} from './model.ts';
import {holdOut, parts} from './split.ts';
import {fitTemperature} from './temperature.ts';
import {chooseThreshold} from './threshold.ts';

export type {Example} from './lesson.ts';

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
/** Fewer examples of a category than this, on average, are learned from as few are. */
const few = 20;

/**
 * Trains a model.
 *
 * A share of the examples is held out. On the rest, 3-fold cross-validation fits the temperature, calibrates the subject and chooses the
 * threshold; a model of the rest is then measured on the held-out ones. The model given back keeps those numbers
 * and that threshold, and has learned from all examples: none is wasted. Examples that are made up, and those about
 * something else, change nothing of how the others are divided.
 *
 * @throws RangeError when there are fewer than two categories, or fewer than five examples of one, or of something else.
 */
export function trainModel(examples: readonly Example[], options: TrainOptions): Model {
  const {name, version, seed = 1, holdOut: share = 0.2} = options;
  const categories = categoriesOf(examples);
  checkShare(share);
  const counted = examples.map((example) => countedOf(example, categories));
  const madeUp = counted.filter((one) => one.isMadeUp);
  const isFew = counted.filter(isOurs).length < few * categories.length;
  const taught = (real: readonly Counted[]) =>
    learn([...real, ...madeUp], {categories: categories.length, seed, isFew});

  const real = counted.filter((one) => !one.isMadeUp);
  const {held, learned} = holdOut(real, share, seed);
  const {belonging, ...tuned} = tune(parts(learned, crossParts, seed), taught);
  const measured = judge(withCalibration(taught(learned), belonging), held);

  const {vocabulary, weights, subject} = withCalibration(taught(real), belonging);
  return modelOf({
    name,
    version,
    categories,
    vocabulary,
    weights,
    subject,
    ...tuned,
    training: {...numbersOf(counted), sha256: sha256Of(examples), seed, holdOut: share},
    measures: measure(measured.filter(isOurs), {
      categories,
      ...tuned,
      foreign: measured.filter((one) => !isOurs(one)),
    }),
  });
}

/** What is chosen by cross-validation: by what is said about examples that were not learned from. */
function tune(cut: readonly Counted[][], taught: (real: readonly Counted[]) => ReturnType<typeof learn>) {
  const lessons = cut.map((part) => ({
    part,
    lesson: taught(cut.filter((other) => other !== part).flat()),
  }));
  const belonging = fitCalibration(lessons.flatMap(({part, lesson}) => leadsOf(lesson, part)));
  const judged = lessons.flatMap(({part, lesson}) =>
    judge(withCalibration(lesson, belonging), part.filter(isOurs)),
  );
  const temperature = fitTemperature(judged);
  const knowsOthers = lessons.every(({lesson}) => lesson.subject !== null);
  return {belonging, temperature, threshold: chooseThreshold(judged, temperature, {knowsOthers})};
}

function categoriesOf(examples: readonly Example[]): string[] {
  const byCategory = Map.groupBy(examples, ({category}) => category);
  checkNumber('texts about something else, or none', byCategory.get(null)?.length ?? fewestExamples);
  const names = [...byCategory.keys()].filter((category) => category !== null);
  if (names.length < 2) {
    throw new RangeError(`Expected examples of at least two categories, got ${names.length}.`);
  }
  for (const category of names) {
    if (!isName.test(category) || category.length > 63) {
      throw new RangeError(
        `Expected a category of lower-case words joined by \`_\`, \`-\` or \`.\`, got \`${category}\`.`,
      );
    }
    const real = byCategory.get(category)?.filter(({isMadeUp}) => isMadeUp !== true) ?? [];
    checkNumber(`examples of \`${category}\``, real.length);
  }
  return names.sort();
}

const isName = /^[a-z0-9]+([._-][a-z0-9]+)*$/;

function checkNumber(what: string, number: number): void {
  if (number >= fewestExamples) return;
  throw new RangeError(`Expected at least ${fewestExamples} ${what}, got ${number}.`);
}

function checkShare(share: number): void {
  if (share >= 0.05 && share <= 0.5) return;
  throw new RangeError(`Expected \`holdOut\` from 0.05 to 0.5, got \`${share}\`.`);
}

function numbersOf(examples: readonly Counted[]) {
  const ofForeign = examples.filter(({label}) => label === foreign).length;
  return {examples: examples.length - ofForeign, foreign: ofForeign};
}

function sha256Of(examples: readonly Example[]): string {
  const sum = createHash('sha256');
  for (const {category, text} of examples) sum.update(`${JSON.stringify([category, text])}\n`);
  return sum.digest('hex');
}
