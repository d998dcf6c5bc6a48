import {formatNumber} from './number-format.ts';
import type {Level, List} from './numbering.ts';
import {textIn} from './symbols.ts';

/** Counts the paragraphs of lists from the beginning of a part to its end, as Word does to number them. */
export class ListCounter {
  /** The last number of each level; a level that is to start anew has none. */
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #used = new Set<List>();

  /** Counts a paragraph, and says what Word writes before it: `2.`, `1.1`, `(a)`, `•`; nothing for some. */
  next(list: List, index: number): string {
    const level = list.levels[index];
    if (!level) return '';
    const counts = this.#countsOf(list);
    const last = counts[index];
    counts[index] = last === undefined ? startOf(list, index) : last + 1;
    for (let lower = index + 1; lower < list.levels.length; lower++) {
      if (index < (list.levels[lower]?.restart ?? lower)) counts[lower] = undefined;
    }
    return level.format === 'bullet' ? bulletOf(level) : numberOf(list, level, counts);
  }

  #countsOf(list: List): (number | undefined)[] {
    const counts = this.#counts.get(list.kind) ?? [];
    this.#counts.set(list.kind, counts);
    if (!this.#used.has(list)) for (const index of list.starts.keys()) counts[index] = undefined;
    this.#used.add(list);
    return counts;
  }
}

function startOf(list: List, index: number): number {
  return list.starts.get(index) ?? list.levels[index]?.start ?? 0;
}

function numberOf(list: List, {text, isLegal}: Level, counts: readonly (number | undefined)[]): string {
  return text.replace(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1;
    const format = list.levels[index]?.format ?? 'none';
    return formatNumber(
      counts[index] ?? startOf(list, index),
      isLegal && format !== 'none' ? 'decimal' : format,
    );
  });
}

/** Bullets come in all shapes, which mostly say no more than that it is one. */
function bulletOf({text, look}: Level): string {
  if (text === '') return '';
  const bullet = textIn(look.font, text);
  return /^[-–—✓✔✗✘☐☑☒]$/.test(bullet) ? bullet : '•';
}
