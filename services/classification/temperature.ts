/** Temperature scaling (Guo, Pleiss, Sun, Weinberger 2017): one number that makes confidence honest. */
import {softmax} from './softmax-regression.ts';

/** What a model said about a document whose category is known. */
export interface Judged {
  readonly scores: Float64Array;
  readonly label: number;
  /** The probability, 0 to 1, that it is about the categories' subject at all; 1 unless said. */
  readonly belonging?: number;
}

/** The temperature, from 0.01 to 100, at which the known categories are the least surprising. */
export function fitTemperature(judged: readonly Judged[]): number {
  return Math.exp(lowestAt([Math.log(0.01), Math.log(100)], (log) => surprise(judged, Math.exp(log))));
}

/** Where between two numbers something is lowest, which falls to there and rises from there. */
export function lowestAt([from, to]: readonly [number, number], height: (at: number) => number): number {
  let [low, high] = [from, to];
  for (let round = 0; round < 40; round++) {
    const third = (high - low) / 3;
    if (height(low + third) < height(high - third)) high -= third;
    else low += third;
  }
  return (low + high) / 2;
}

/**
 * The mean of `-ln p` over the known categories, each of which is taken for wrong once in `n + 2`: that a model made
 * no mistake on n documents is no proof that it makes none (after Platt 1999, section 2.2).
 */
function surprise(judged: readonly Judged[], temperature: number): number {
  const doubt = 1 / (judged.length + 2);
  let sum = 0;
  for (const {scores, label} of judged) {
    const surprises = softmax(scores, temperature).map((likely) => -Math.log(Math.max(1e-300, likely)));
    const right = surprises[label] ?? 0;
    const wrong = surprises.reduce((one, other) => one + other, 0) - right;
    sum += (1 - doubt) * right + (doubt * wrong) / Math.max(1, scores.length - 1);
  }
  return sum / judged.length;
}
