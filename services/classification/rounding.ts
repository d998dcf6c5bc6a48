/** Weights in 16 bits: half the file, and no answer changes. */

const steps = 32_767;

/** The power of two that the largest weight is at most 32,767 steps of. */
export function stepOf(weights: Float32Array): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return largest === 0 ? 1 : 2 ** Math.ceil(Math.log2(largest / steps));
}

/** Weights rounded to whole steps, as they will be read back. */
export function rounded(weights: Float32Array): Float32Array {
  const step = stepOf(weights);
  return weights.map((weight) => Math.round(weight / step) * step);
}
