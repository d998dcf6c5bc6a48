/** Platt scaling (Platt 1999): two numbers that make the likelihood of a subject honest. */
import {lowestAt} from './temperature.ts';

/** How much speaks for a subject in a text whose side is known and that it was not learned from. */
export interface Lead {
  /** In natural log-odds, positive for the subject. */
  readonly lead: number;
  /** Whether the text is about the subject. */
  readonly belongs: boolean;
}

/** What turns leads into honest ones: `(lead + shift) / temperature`. */
export interface Calibration {
  readonly shift: number;
  readonly temperature: number;
}

/** Each of the two is fitted beside the other, so often: by then they have long settled. */
const rounds = 12;

/**
 * The shift, from -10 to 10, and the temperature, from 0.01 to 100, at which the known sides are the least surprising. Both
 * sides weigh the same, however many texts there are of each; where one has none, nothing is changed.
 */
export function fitCalibration(leads: readonly Lead[]): Calibration {
  const sides = [true, false].map((side) => leads.filter(({belongs}) => belongs === side));
  if (sides.some((side) => side.length === 0)) return {shift: 0, temperature: 1};
  const surpriseAt = (shift: number, temperature: number) =>
    sides.reduce((sum, side) => sum + surprise(side, {shift, temperature}), 0);
  let [shift, log] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    log = lowestAt([Math.log(0.01), Math.log(100)], (at) => surpriseAt(shift, Math.exp(at)));
    shift = lowestAt([-10, 10], (at) => surpriseAt(at, Math.exp(log)));
  }
  return {shift, temperature: Math.exp(log)};
}

/** The mean of `-ln p` over one side, each text of which is taken for the other's once in `n + 2` (after Platt, section 2.2). */
function surprise(side: readonly Lead[], {shift, temperature}: Calibration): number {
  const doubt = 1 / (side.length + 2);
  let sum = 0;
  for (const {lead, belongs} of side) {
    const honest = ((belongs ? 1 : -1) * (lead + shift)) / temperature;
    sum += (1 - doubt) * softplus(-honest) + doubt * softplus(honest);
  }
  return sum / side.length;
}

/** `ln(1 + e^x)`, for large numbers too. */
function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}
