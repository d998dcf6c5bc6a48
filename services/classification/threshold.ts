import {verdictOf} from './measures.ts';
import type {Judged} from './temperature.ts';

/**
 * The least confidence at which a category is given: the highest, in hundredths, that still keeps a share of the right
 * answers, and never above one half: what is more likely right than wrong is said.
 *
 * So being careful costs one right answer in a hundred where texts about something else were learned from, which then have
 * a low confidence anyway, and one in twenty where nothing but this keeps those out. Which categories there are does not matter.
 */
export function chooseThreshold(
  judged: readonly Judged[],
  temperature: number,
  {knowsOthers}: {readonly knowsOthers: boolean},
): number {
  const right = judged
    .map((one) => verdictOf(one, temperature))
    .filter(({category, label}) => category === label)
    .map(({confidence}) => confidence)
    .sort((one, other) => one - other);
  const kept = knowsOthers ? keptBesideOthers : keptAlone;
  const lowestKept = right[Math.floor(right.length * (1 - kept))] ?? 0;
  return Math.min(mostAsked, Math.floor(lowestKept * 100) / 100);
}

const keptBesideOthers = 0.99;
const keptAlone = 0.95;
const mostAsked = 0.5;
