import {black, type Color, colorOfNumber} from '../color.ts';
import {type Attributes, attribute} from './attribute.ts';

/**
 * What text stands on. `clear` lets through what is below it, as `nil` and `auto` do; `unknown` is not plain: a pattern,
 * or what another part of the document decides.
 */
export type Ground = Color | 'clear' | 'unknown';

/** A color as it is written (§17.18.38), and as other programs write it; `auto` is the one that is seen on any ground. */
export function colorOf(value: string | undefined): Color | 'auto' {
  const digits = /^#?([\da-f]{6})$/i.exec(value ?? '')?.[1];
  if (digits !== undefined) return colorOfNumber(Number.parseInt(digits, 16));
  return highlights.get(value ?? '') ?? 'auto';
}

/** The ground that an element `shd` makes (§17.3.5): one color, or a second one over it in a pattern. */
export function shadingOf(attributes: Attributes): Ground {
  const pattern = attribute(attributes, 'val') ?? 'clear';
  const color = colorOf(attribute(attributes, pattern === 'solid' ? 'color' : 'fill'));
  if (pattern === 'nil') return 'clear';
  // A pattern and the color of the text that is automatic on it: black, mostly.
  if (pattern === 'solid') return color === 'auto' ? black : color;
  if (pattern !== 'clear' || (color === 'auto' && attribute(attributes, 'themeFill') !== undefined))
    return 'unknown';
  return color === 'auto' ? 'clear' : color;
}

/** The ground that an element `highlight` makes (§17.3.2.15). */
export function highlightOf(attributes: Attributes): Ground {
  return highlights.get(attribute(attributes, 'val') ?? '') ?? 'clear';
}

/** The colors of highlighters (§17.18.40). */
const highlights: ReadonlyMap<string, Color> = new Map(
  Object.entries({
    black: 0x000000,
    blue: 0x0000ff,
    cyan: 0x00ffff,
    darkBlue: 0x000080,
    darkCyan: 0x008080,
    darkGray: 0x808080,
    darkGreen: 0x008000,
    darkMagenta: 0x800080,
    darkRed: 0x800000,
    darkYellow: 0x808000,
    green: 0x00ff00,
    lightGray: 0xc0c0c0,
    magenta: 0xff00ff,
    red: 0xff0000,
    white: 0xffffff,
    yellow: 0xffff00,
  }).map(([name, number]) => [name, colorOfNumber(number)]),
);
