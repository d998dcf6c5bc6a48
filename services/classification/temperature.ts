/** Temperature scaling (Guo, Pleiss, Sun, Weinberger 2017): one number that makes confidence honest. */
import {softmax} from './softmax-regression.ts';

/** What a model said about a document whose category is known. */
export interface Judged {
  readonly scores: Float64Array;
  readonly label: number;
}

/** The temperature, from 0.01 to 100, at which the known categories are the least surprising. */
export function fitTemperature(judged: readonly Judged[]): number {
  let low = Math.log(0.01);
  let high = Math.log(100);
  for (let round = 0; round < 40; round++) {
    const third = (high - low) / 3;
    const left = surprise(judged, Math.exp(low + third));
    const right = surprise(judged, Math.exp(high - third));
    if (left < right) high -= third;
    else low += third;
  }
  return Math.exp((low + high) / 2);
}

/** The mean of `-ln p` over the known categories. */
export function surprise(judged: readonly Judged[], temperature: number): number {
  let sum = 0;
  for (const {scores, label} of judged)
    sum -= Math.log(Math.max(1e-12, softmax(scores, temperature)[label] ?? 0));
  return sum / judged.length;
}
