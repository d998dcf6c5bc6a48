/** What a length in a style is relative to. */
export interface Measures {
  /** Pixels of one em. */
  readonly em: number;
  /** Pixels of one hundredth; undefined where it is of something that is not known. */
  readonly percent?: number;
}

/** The screen that a page is read on, in pixels; of a desk, since a letter is seldom answered on a phone. */
export const screen = {width: 1280, height: 800} as const;

const rootEm = 16;
const pixels: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['px', 1],
  ['pt', 4 / 3],
  ['pc', 16],
  ['in', 96],
  ['cm', 96 / 2.54],
  ['mm', 96 / 25.4],
  ['q', 96 / 101.6],
  ['rem', rootEm],
  ['vw', screen.width / 100],
  ['vh', screen.height / 100],
  ['vmin', screen.height / 100],
  ['vmax', screen.width / 100],
]);

/**
 * Pixels of a length (CSS Values and Units §6), or null where it is none or not known, as of `auto` and `calc()`.
 * A number without a unit is in pixels, as in the many pages that don't say what HTML they are written in.
 */
export function lengthOf(value: string, {em, percent}: Measures): number | null {
  if (value.length > longest) return null;
  const [, number = '', unit = ''] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([a-z]*|%)$/.exec(value) ?? [];
  const amount = Number(number);
  if (number === '' || !Number.isFinite(amount)) return null;
  if (amount === 0) return 0;
  if (unit === '%') return percent === undefined ? null : amount * percent;
  if (unit === 'em') return amount * em;
  if (unit === 'ex' || unit === 'ch') return (amount * em) / 2;
  const pixelsOfUnit = pixels.get(unit);
  return pixelsOfUnit === undefined ? null : amount * pixelsOfUnit;
}

/** A number or a percentage, as of an opacity; null where it is neither. */
export function shareOf(value: string): number | null {
  if (value.length > longest) return null;
  const [, number = '', percent = ''] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)(%?)$/.exec(value) ?? [];
  const amount = Number(number);
  if (number === '' || !Number.isFinite(amount)) return null;
  return percent === '' ? amount : amount / 100;
}

/** Characters of a number that somebody wrote. */
const longest = 40;

/** Pixels of the named sizes of fonts (CSS Fonts §2.5). */
const namedSizes: ReadonlyMap<string, number> = new Map([
  ['xx-small', 9],
  ['x-small', 10],
  ['small', 13],
  ['medium', 16],
  ['large', 18],
  ['x-large', 24],
  ['xx-large', 32],
  ['xxx-large', 48],
]);

/** Pixels of a font's size in an element whose parent's is given; null where it is not known. */
export function fontSizeOf(value: string, parent: number): number | null {
  if (value === 'smaller') return parent / 1.2;
  if (value === 'larger') return parent * 1.2;
  // What is calculated is not known, but nobody calculates a font that is not to be read.
  if (value.includes('(')) return rootEm;
  const size = namedSizes.get(value) ?? lengthOf(value, {em: parent, percent: parent / 100});
  return size === null || size < 0 ? null : size;
}
