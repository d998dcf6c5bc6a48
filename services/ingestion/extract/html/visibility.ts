import {isOpaqueEnough, isSeenOn} from '../color.ts';
import {isOfTable, type Said} from './browser-style.ts';
import type {Display, Style} from './computed-style.ts';
import {lengthOf, screen, shareOf} from './lengths.ts';

/** Whether a person sees text of this style. */
export function isSeen(style: Style): boolean {
  const {isGone, isVisible, fontSize, indent, color, ground, isPainted} = style;
  if (isGone || !isVisible || fontSize < smallestFont || indent <= farOff) return false;
  if (color === null || isPainted) return true;
  if (!isOpaqueEnough(color.alpha)) return false;
  return ground === null || isSeenOn(color, ground);
}

/** Whether text of this style that is not seen leaves a gap where it stands. */
export function takesPlace({isGone, fontSize}: Style): boolean {
  return !isGone && fontSize >= smallestFont;
}

/** Pixels of a font that is read; smaller ones are dots at most. */
const smallestFont = 2;
/** Pixels to the left or to the top from where nothing reaches the screen. */
const farOff = -900;
/** Pixels of a box in which nothing can be seen. */
const smallestBox = 1;

/** What decides beside of its declarations whether an element is taken from sight. */
export interface Place {
  readonly name: string;
  readonly display: Display;
  /** In pixels. */
  readonly fontSize: number;
  /** Whether it stands outside of the flow, where it was put. */
  readonly isLifted: boolean;
}

/** From 0 to 1. What fades in is there in the end. */
export function opacityOf(said: Said): number {
  const animation = said('animation-name') ?? said('animation') ?? 'none';
  if (!/^(none|initial|unset)\b/.test(animation)) return 1;
  const filter = /^(?:alpha|opacity)\(\s*(?:opacity\s*=)?\s*([\d.]{1,20}%?)\s*\)$/.exec(
    said('filter') ?? '',
  )?.[1];
  const shares = [said('opacity'), filter].map((value) => shareOf(value ?? '1') ?? 1);
  return Math.min(1, ...shares.map((share) => Math.max(0, share)));
}

/** Whether an element and all that is in it is taken from sight, though it is displayed. */
export function isTakenAway(said: Said, place: Place): boolean {
  if (said('mso-hide') === 'all' || said('content-visibility') === 'hidden') return true;
  return (
    isOffScreen(said, place) || isClipped(said, place) || isScaledAway(said, place) || isTooSmall(said, place)
  );
}

/** Moved out of the screen, to where it can't be scrolled. */
function isOffScreen(said: Said, {fontSize, display}: Place): boolean {
  const position = said('position') ?? 'static';
  // A percentage is of whatever the element stands in, but for what stands on the screen.
  const measures = position === 'fixed' ? {em: fontSize, percent: screen.width / 100} : {em: fontSize};
  const isFar = (property: string) => (lengthOf(said(property) ?? '', measures) ?? 0) <= farOff;
  if (isFar('margin-left') || (display !== 'inline' && isFar('margin-top'))) return true;
  if (!/^(absolute|fixed|relative|sticky)$/.test(position)) return false;
  return ['left', 'top', 'right', 'bottom'].some(isFar);
}

function isClipped(said: Said, {isLifted, fontSize}: Place): boolean {
  const clip = isLifted ? /^rect\(([^()]*)\)$/.exec(said('clip') ?? '')?.[1] : undefined;
  if (clip !== undefined) {
    const [top, right, bottom, left] = lengthsIn(clip, fontSize);
    if (isThin(top, bottom) || isThin(left, right)) return true;
  }
  const path = said('clip-path') ?? said('-webkit-clip-path') ?? '';
  const [, shape, list = ''] = /^(inset|circle|ellipse|polygon)\(([^()]*)\)$/.exec(path) ?? [];
  if (shape === 'inset') return isInsetAway(list);
  if (shape === 'polygon')
    return new Set(list.split(',').map((point) => lengthsIn(point, 1).join())).size < 2;
  return shape !== undefined && lengthsIn(list, fontSize).slice(0, 2).includes(0);
}

function isThin(from: number | null | undefined, to: number | null | undefined): boolean {
  return typeof from === 'number' && typeof to === 'number' && to - from <= smallestBox;
}

/** Whether what is cut off from two sides meets; lengths in pixels cut off little. */
function isInsetAway(list: string): boolean {
  const sides = list.slice(0, 100).split('round')[0]?.trim().split(/\s+/) ?? [];
  const shares = sides.map((side) => (side.endsWith('%') ? (shareOf(side) ?? 0) : 0));
  const [top = 0, right = top, bottom = top, left = right] = shares;
  return top + bottom >= 0.99 || left + right >= 0.99;
}

function lengthsIn(list: string, em: number): (number | null)[] {
  return list
    .split(/[\s,]/)
    .filter((part) => part !== '')
    .map((part) => lengthOf(part, {em, percent: 1}));
}

function isScaledAway(said: Said, {fontSize}: Place): boolean {
  const scale = said('scale')?.split(' ')[0];
  if (scale !== undefined && shareOf(scale) === 0) return true;
  const transform = said('transform') ?? '';
  for (const [, kind, list = ''] of transform.matchAll(/(scale|translate)\w{0,3}\(([^()]*)\)/g)) {
    const parts = list.split(',').map((part) => part.trim());
    if (kind === 'scale' && parts.some((part) => shareOf(part) === 0)) return true;
    if (kind === 'translate' && parts.some((part) => (lengthOf(part, {em: fontSize}) ?? 0) <= farOff))
      return true;
  }
  return false;
}

/** A box that shows nothing of what does not fit in, and in which nothing does. */
function isTooSmall(said: Said, {name, display, fontSize}: Place): boolean {
  if (display === 'inline' || display === 'cell' || isOfTable(name)) return false;
  const [across, down] = overflowOf(said);
  const size = (property: string) => sizeIn(said(property), fontSize);
  const isShut = (side: 'width' | 'height', paddings: readonly string[]) =>
    Math.min(size(side) ?? roomy, size(`max-${side}`) ?? roomy) <= smallestBox &&
    (size(`min-${side}`) ?? 0) <= smallestBox &&
    paddings.every((padding) => (size(padding) ?? 0) <= smallestBox);
  if (down && isShut('height', ['padding-top', 'padding-bottom'])) return true;
  if (across && isShut('width', ['padding-left', 'padding-right'])) return true;
  const indent = lengthOf(said('text-indent')?.split(' ')[0] ?? '', {em: fontSize, percent: 10});
  return across && (indent ?? 0) >= -farOff;
}

const roomy = Number.POSITIVE_INFINITY;

/** Whether what does not fit in is hidden, across and down. */
function overflowOf(said: Said): [across: boolean, down: boolean] {
  const [across = 'visible', down = across] = (said('overflow') ?? 'visible').split(/\s+/);
  const hides = (value: string) => value === 'hidden' || value === 'clip';
  return [hides(said('overflow-x') ?? across), hides(said('overflow-y') ?? down)];
}

/** A percentage is of what is not known, but for nothing of it. */
function sizeIn(value: string | undefined, em: number): number | null {
  return value === undefined ? null : lengthOf(value, {em});
}
