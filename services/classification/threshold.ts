import {verdictOf} from './measures.ts';
import type {Judged} from './temperature.ts';

/**
 * The least confidence at which a category is given: the highest, in hundredths, that still keeps 95 % of the right
 * answers, and never above one half: what is more likely right than wrong is said.
 *
 * So being careful costs one right answer in twenty, whatever the categories are, and no example of a
 * foreign subject is needed to choose it.
 */
export function chooseThreshold(judged: readonly Judged[], temperature: number): number {
  const right = judged
    .map((one) => verdictOf(one, temperature))
    .filter(({category, label}) => category === label)
    .map(({confidence}) => confidence)
    .sort((one, other) => one - other);
  const lowestKept = right[Math.floor(right.length * (1 - kept))] ?? 0;
  return Math.min(mostAsked, Math.floor(lowestKept * 100) / 100);
}

const kept = 0.95;
const mostAsked = 0.5;
