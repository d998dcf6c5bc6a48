/** Dividing examples so that every part has its share of every category. */
import {randomFrom, shuffled} from './random.ts';

/**
 * Holds examples out to measure with: of each category, in an order drawn by the seed, the first `share`, rounded.
 *
 * @param share from 0 to 1
 */
export function holdOut<Item extends {label: number}>(items: readonly Item[], share: number, seed: number) {
  const held: Item[] = [];
  const learned: Item[] = [];
  for (const group of groups(items, seed)) {
    const size = Math.round(group.length * share);
    held.push(...group.slice(0, size));
    learned.push(...group.slice(size));
  }
  return {held, learned};
}

/** As many parts as asked for; each category is dealt out like cards, in an order drawn by the seed. */
export function parts<Item extends {label: number}>(
  items: readonly Item[],
  number: number,
  seed: number,
): Item[][] {
  const dealt = groups(items, seed).flat();
  return Array.from({length: number}, (_, part) => dealt.filter((_item, at) => at % number === part));
}

function groups<Item extends {label: number}>(items: readonly Item[], seed: number): Item[][] {
  const random = randomFrom(seed);
  const byLabel = Map.groupBy(items, ({label}) => label);
  return [...byLabel.entries()]
    .sort(([one], [other]) => one - other)
    .map(([, group]) => shuffled(group, random));
}
