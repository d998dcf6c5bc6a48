/** Red, green, blue and opacity, from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number, alpha: number];

export const white: Color = [255, 255, 255, 255];

/** Of 255: what differs by less from its ground can't be read. */
export const leastContrast = 12;

/** How far a color stands out from its ground, from 0 to 255. */
export function contrast([red, green, blue, alpha]: Color, ground: Color): number {
  const most = Math.max(Math.abs(red - ground[0]), Math.abs(green - ground[1]), Math.abs(blue - ground[2]));
  return (most * alpha) / 255;
}

/** The color of a pixel, 0xrrggbb. */
export function colorOfPixel(pixel: number): Color {
  return [(pixel >> 16) & 0xff, (pixel >> 8) & 0xff, pixel & 0xff, 255];
}
