import type {Box} from './geometry.ts';

/**
 * How much work drawing a page is, in microseconds or so, as measured; a page with all that is on it is drawn three times.
 * What can't be foreseen is not drawn at all: images, shadings, patterns and what is see-through.
 */
export const efforts = {
  /** The paper itself. */
  page: 6_000,
  /** A piece of text, of which letters cost little. */
  text: 80,
  /** A piece of text that cuts off all that comes later. */
  clippingText: 100_000,
  form: 100,
  /** A see-through form, which takes a drawing of its own, and one of its mask. */
  group: 10_000,
} as const;

/** What a piece of text costs. */
export function textEffort({bounds, mode}: {bounds: Box; mode: number}): number {
  return efforts.text + areaEffort(bounds) + (mode >= clipping ? efforts.clippingText : 0);
}

/** The first way of drawing text that also cuts off what is drawn later (PDF 32000-1 §9.3.6). */
const clipping = 4;

/** What filling an area costs. */
export function areaEffort({left, right, bottom, top}: Box): number {
  return (within(right - left) * within(top - bottom)) / 1_500;
}

/** What the lines of a path cost: more when they are long, and much more when they are dashed. */
export function linesEffort({left, right, bottom, top}: Box, segments: number, isDashed: boolean): number {
  const length = within(right - left) + within(top - bottom);
  return segments * (1 + length / 20) * (isDashed ? 5 : 1);
}

/** Nothing is drawn beyond the page, which few are larger than in points. */
function within(points: number): number {
  return Math.min(1_500, Math.max(0, points));
}
