/** What is learned from some examples, and what it says about others. */
import type {Calibration, Lead} from './calibration.ts';
import {openingOf} from './opening.ts';
import {rounded} from './rounding.ts';
import {fit, scores, type Weights} from './softmax-regression.ts';
import {calibrated, fitSubject, leadOf, likelihoodOf, type Subject} from './subject.ts';
import type {Judged} from './temperature.ts';
import {type Bag, termsOf} from './terms.ts';
import {type Vectorize, type Vocabulary, vectorizer, vocabularyOf} from './vectorizer.ts';

/** A text and the category that it belongs to. */
export interface Example {
  /** Null: a text about something else, that is to get none. */
  readonly category: string | null;
  readonly text: string;
  /** Written for the training: learned from, but nothing is measured or chosen by it. Default false. */
  readonly isMadeUp?: boolean;
}

/** An example whose terms are counted. */
export interface Counted {
  readonly bag: Bag;
  /** Of how the text begins. */
  readonly opening: Bag;
  /** The number of its category, or `foreign`. */
  readonly label: number;
  readonly isMadeUp: boolean;
}

export interface Lesson {
  readonly vocabulary: Vocabulary;
  readonly vectorize: Vectorize;
  readonly weights: Weights;
  readonly subject: Subject | null;
}

/**
 * The label of what is about something else: behind every category, so that what is drawn by chance for those is the
 * same with and without such texts.
 */
export const foreign = 1_000_000;

/** Whether an example has a category. */
export function isOurs({label}: {readonly label: number}): boolean {
  return label !== foreign;
}

/** Counts the terms of an example. */
export function countedOf(
  {category, text, isMadeUp = false}: Example,
  categories: readonly string[],
): Counted {
  return {
    bag: termsOf(text).bag,
    opening: termsOf(openingOf(text)).bag,
    label: category === null ? foreign : categories.indexOf(category),
    isMadeUp,
  };
}

export interface LearnOptions {
  /** How many there are. */
  readonly categories: number;
  readonly seed: number;
  /** Few examples of each category: each term of theirs counts. */
  readonly isFew: boolean;
}

/**
 * Learns from examples. Those about something else teach what the subject is and nothing more: terms and weights of the
 * categories are as without them. How a letter begins is the subject too, as short letters are.
 */
export function learn(examples: readonly Counted[], {categories, seed, isFew}: LearnOptions): Lesson {
  const ours = examples.filter(isOurs);
  const vocabulary = vocabularyOf(
    ours.map(({bag}) => bag),
    isFew ? 1 : 2,
  );
  const vectorize = vectorizer(vocabulary);
  const terms = vocabulary.keys.length;
  const labelled = ours.map(({bag, label}) => ({vector: vectorize(bag), label}));
  const weights = fit(labelled, {terms, categories, seed, isFew});
  const others = examples.filter((one) => !isOurs(one)).map(({bag}) => vectorize(bag));
  const belonging = [...labelled.map(({vector}) => vector), ...ours.map(({opening}) => vectorize(opening))];
  return {
    vocabulary,
    vectorize,
    weights: {terms: rounded(weights.terms), biases: weights.biases},
    subject: others.length === 0 ? null : fitSubject({belonging, others}, terms, seed),
  };
}

/** What a lesson says about examples. */
export function judge({vectorize, weights, subject}: Lesson, examples: readonly Counted[]): Judged[] {
  return examples.map(({bag, label}) => {
    const vector = vectorize(bag);
    return {scores: scores(weights, vector), label, belonging: likelihoodOf(subject, vector)};
  });
}

/**
 * How much speaks for the subject in each example, and in how each letter begins, as short letters are; none where no subject
 * was learned.
 */
export function leadsOf({vectorize, subject}: Lesson, examples: readonly Counted[]): Lead[] {
  if (subject === null) return [];
  const lead = (bag: Bag) => leadOf(subject, vectorize(bag));
  return [
    ...examples.map((one) => ({lead: lead(one.bag), belongs: isOurs(one)})),
    ...examples.filter(isOurs).map(({opening}) => ({lead: lead(opening), belongs: true})),
  ];
}

/** A lesson whose subject is calibrated. */
export function withCalibration(lesson: Lesson, calibration: Calibration): Lesson {
  return {...lesson, subject: lesson.subject && calibrated(lesson.subject, calibration)};
}
