import {black, type Color} from '../color.ts';
import {colorNames} from './color-names.ts';

/** What shows all that is below it. */
export const transparent: Color = {...black, alpha: 0};

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
