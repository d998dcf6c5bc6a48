import {colorNames} from './color-names.ts';

/** Red, green and blue from 0 to 255, and how much it covers from 0 to 1. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

export const black: Color = {red: 0, green: 0, blue: 0, alpha: 1};
export const white: Color = {red: 255, green: 255, blue: 255, alpha: 1};
export const transparent: Color = {red: 0, green: 0, blue: 0, alpha: 0};

/** The color that a value in lower case says (CSS Color §4), or null where it is none or in a way not known here. */
export function colorOf(value: string): Color | null {
  if (value.length > longest) return null;
  if (value === 'transparent') return transparent;
  const named = colorNames.get(value);
  if (named !== undefined) return ofDigits(named);
  // Attributes of old pages often lack the sign.
  const digits = /^#?([\da-f]{3,8})$/.exec(value)?.[1];
  if (digits !== undefined) return ofDigits(digits);
  const [, kind, list = ''] = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(value) ?? [];
  const parts = list.split(/[\s,/]/).filter((part) => part !== '');
  if (kind === 'rgb') return ofParts(parts);
  return kind === 'hsl' ? ofHue(parts) : null;
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

/** Whether people can't tell text of a color from its ground: `#fefefe` on white hides as well as white. */
export function isLost(text: Color, ground: Color): boolean {
  const seen = over(text, ground);
  const distance = Math.max(
    Math.abs(seen.red - ground.red),
    Math.abs(seen.green - ground.green),
    Math.abs(seen.blue - ground.blue),
  );
  return distance <= indistinct;
}

/** Of 255 steps; the faintest gray that pages use for notes, `#eee` on white, is 17 away. */
const indistinct = 12;
/** Characters of a color that somebody wrote. */
const longest = 80;

function ofDigits(digits: string): Color | null {
  const isShort = digits.length <= 4;
  if (digits.length === 5 || digits.length === 7) return null;
  const [red = 0, green = 0, blue = 0, alpha = 255] = (digits.match(isShort ? /./g : /../g) ?? []).map(
    (part) => Number.parseInt(isShort ? part + part : part, 16),
  );
  return {red, green, blue, alpha: alpha / 255};
}

function ofParts(parts: readonly string[]): Color | null {
  const [red, green, blue] = parts.map((part) => amountOf(part, 255));
  const alpha = amountOf(parts[3] ?? '1', 1);
  if (red === undefined || green === undefined || blue === undefined) return null;
  const all = {red, green, blue, alpha};
  return Object.values(all).some(Number.isNaN) ? null : all;
}

function ofHue([hue = '', saturation = '', lightness = '', alpha = '1']: readonly string[]): Color | null {
  const turn = Number.parseFloat(hue);
  const light = amountOf(lightness, 1);
  const spread = amountOf(saturation, 1) * Math.min(light, 1 - light);
  // CSS Color §7.1.
  const channel = (offset: number) => {
    const place = (((offset + turn / 30) % 12) + 12) % 12;
    return 255 * (light - spread * Math.max(-1, Math.min(place - 3, 9 - place, 1)));
  };
  const all = {red: channel(0), green: channel(8), blue: channel(4), alpha: amountOf(alpha, 1)};
  return Object.values(all).some(Number.isNaN) ? null : all;
}

/** A number, or a percentage of the whole. */
function amountOf(part: string, whole: number): number {
  const number = Number(part.replace('%', ''));
  const amount = part.endsWith('%') ? (number / 100) * whole : number;
  return Math.min(Math.max(amount, 0), whole);
}
