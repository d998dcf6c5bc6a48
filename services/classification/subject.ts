/**
 * Whether a text is about what a model's categories are about at all, or about something else: a recipe, an invoice,
 * a question to a chat. Told apart from the categories, so that knowing more of other things changes none of them.
 */
import type {Calibration} from './calibration.ts';
import {rounded} from './rounding.ts';
import {fit} from './softmax-regression.ts';
import type {Vector} from './vectorizer.ts';

/** What tells a model's subject from everything else: a weight for each of its terms, positive where it is the subject. */
export interface Subject {
  readonly terms: Float32Array;
  readonly bias: number;
  /** What a lead is divided by, so that the likelihood is honest. */
  readonly temperature: number;
}

/** Texts about a subject, and texts about something else. */
export interface Sides {
  readonly belonging: readonly Vector[];
  readonly others: readonly Vector[];
}

/** How much speaks for the subject, in natural log-odds. */
export function leadOf({terms: weights, bias, temperature}: Subject, {terms, values}: Vector): number {
  let lead = bias;
  for (let at = 0; at < terms.length; at++) lead += (weights[terms[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return lead / temperature;
}

/** The probability, 0 to 1, that a text is about the subject; 1 where nothing else was ever learned. */
export function likelihoodOf(subject: Subject | null, vector: Vector): number {
  return subject === null ? 1 : 1 / (1 + Math.exp(-leadOf(subject, vector)));
}

/** Learns the subject. Both sides weigh the same, however many texts there are of each. The temperature is left at 1. */
export function fitSubject({belonging, others}: Sides, terms: number, seed: number): Subject {
  const labelled = [
    ...belonging.map((vector) => ({vector, label: 1})),
    ...others.map((vector) => ({vector, label: 0})),
  ];
  const {terms: both, biases} = fit(labelled, {terms, categories: 2, seed});
  const leads = new Float32Array(terms);
  for (let term = 0; term < terms; term++) leads[term] = (both[2 * term + 1] ?? 0) - (both[2 * term] ?? 0);
  return {terms: rounded(leads), bias: (biases[1] ?? 0) - (biases[0] ?? 0), temperature: 1};
}

/** A subject, not yet calibrated, whose likelihoods are made honest. */
export function calibrated(subject: Subject, {shift, temperature}: Calibration): Subject {
  return {...subject, bias: subject.bias + shift, temperature};
}
