/** Red, green and blue from 0 to 255, and how much it covers from 0 to 1. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

export const black: Color = {red: 0, green: 0, blue: 0, alpha: 1};
export const white: Color = {red: 255, green: 255, blue: 255, alpha: 1};

/** The color that a number says as 0xRRGGBB. */
export function colorOfNumber(number: number): Color {
  return {red: (number >> 16) & 0xff, green: (number >> 8) & 0xff, blue: number & 0xff, alpha: 1};
}

/** What is seen of a color through which another shows. */
export function over(above: Color, below: Color): Color {
  const mix = (one: number, other: number) => one * above.alpha + other * (1 - above.alpha);
  return {
    red: mix(above.red, below.red),
    green: mix(above.green, below.green),
    blue: mix(above.blue, below.blue),
    alpha: above.alpha + below.alpha * (1 - above.alpha),
  };
}

/** How far a color stands out from its ground: the most that red, green or blue differ, from 0 to 255. */
export function contrast(color: Color, ground: Color): number {
  const most = Math.max(
    Math.abs(color.red - ground.red),
    Math.abs(color.green - ground.green),
    Math.abs(color.blue - ground.blue),
  );
  return most * color.alpha;
}

/** Whether people can tell text of a color from its ground: `#fefefe` on white hides as well as white. */
export function isSeenOn(color: Color, ground: Color): boolean {
  return contrast(color, ground) > indistinct;
}

/** Whether what covers this little, from 0 to 1, is seen on any ground: black on white is not, where it is not. */
export function isOpaqueEnough(alpha: number): boolean {
  return isSeenOn({...black, alpha}, white);
}

/**
 * Of 255 steps: what differs by no more is lost in print and on most screens. The faintest gray that pages use for notes,
 * `#eee` on white, is 17 away.
 */
const indistinct = 12;
