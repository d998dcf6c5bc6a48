/** A rectangle on a page, in points; the origin lies below and to the left. */
export interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** How coordinates are moved, scaled and turned (PDF 32000-1 §8.3.3). */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** One matrix after the other. */
export function multiplied([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** The rectangle around a box that was moved, scaled and turned. */
export function transformed({left, bottom, right, top}: Box, [a, b, c, d, e, f]: Matrix): Box {
  const across = [a * left + c * bottom, a * right + c * bottom, a * left + c * top, a * right + c * top];
  const upwards = [b * left + d * bottom, b * right + d * bottom, b * left + d * top, b * right + d * top];
  return {
    left: Math.min(...across) + e,
    right: Math.max(...across) + e,
    bottom: Math.min(...upwards) + f,
    top: Math.max(...upwards) + f,
  };
}

export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.bottom < other.top && other.bottom < one.top;
}

/** Whether the middle of a box lies in another. */
export function isCentered({left, bottom, right, top}: Box, within: Box): boolean {
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return within.left <= x && x <= within.right && within.bottom <= y && y <= within.top;
}

/** The area of what a box has in common with another. */
export function commonArea(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.top, other.top) - Math.max(one.bottom, other.bottom);
  return width > 0 && height > 0 ? width * height : 0;
}
