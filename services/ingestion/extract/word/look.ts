import {type Color, isSeenOn, white} from '../color.ts';
import {type Attributes, attribute, isOn} from './attribute.ts';
import {colorOf, type Ground, highlightOf, shadingOf} from './ground.ts';

/** What the properties of text say of how it looks (ECMA-376 part 1 §17.3.2); what they don't say comes from below. */
export interface Look {
  isVanished?: boolean;
  color?: Color | 'auto';
  halfPoints?: number;
  shading?: Ground;
  highlight?: Ground;
  font?: string;
}

/** Where a look comes from (§17.7.2), and what the text stands on. */
export interface Layers {
  /** Of the document and of the table. */
  defaults: Look;
  paragraphStyle: Look;
  characterStyle: Look;
  direct: Look;
}

/** Takes in one element of text properties, `w:rPr`; those that are not about its look say nothing. */
export function addProperty(look: Look, name: string, attributes: Attributes): void {
  const value = attribute(attributes, 'val');
  if (name === 'vanish') look.isVanished = isOn(attributes);
  else if (name === 'color') look.color = textColorOf(value, attributes);
  else if (name === 'sz') look.halfPoints = halfPointsOf(value);
  else if (name === 'shd') look.shading = shadingOf(attributes);
  else if (name === 'highlight') look.highlight = highlightOf(attributes);
  else if (name === 'rFonts') {
    const font = fontOf(attributes);
    if (font !== undefined) look.font = font;
  }
}

/** A color as it is written; one that is only named by its place in the document's theme is that of pages, or automatic. */
function textColorOf(value: string | undefined, attributes: Attributes): Color | 'auto' {
  const color = colorOf(value);
  const isOfPages = /^(background1|light1)$/.test(attribute(attributes, 'themeColor') ?? '');
  return color === 'auto' && isOfPages ? white : color;
}

/** The font of Latin letters; one that the document's theme names is none of symbols. */
function fontOf(attributes: Attributes): string | undefined {
  if (attribute(attributes, 'asciiTheme') !== undefined) return '';
  return attribute(attributes, 'ascii') ?? attribute(attributes, 'hAnsi');
}

/** The look that all layers give a piece of text. */
export function lookOf({defaults, paragraphStyle, characterStyle, direct}: Layers): Look {
  const look = {...defaults, ...paragraphStyle, ...characterStyle, ...direct};
  // Hidden text turns visible where a character style hides it once more, and is not shown by one (§17.7.3).
  const styled = characterStyle.isVanished
    ? !paragraphStyle.isVanished
    : (paragraphStyle.isVanished ?? characterStyle.isVanished);
  return {...look, isVanished: direct.isVanished ?? styled ?? defaults.isVanished ?? false};
}

/**
 * How much of a text its reader sees: `all` of it; of text in the color of its ground the `room` that it takes; of text
 * that is hidden or too small `nothing`.
 *
 * @param grounds what is below the text, from above to below.
 */
export function visibility(look: Look, grounds: readonly (Ground | undefined)[]): 'all' | 'room' | 'nothing' {
  const {isVanished = false, halfPoints = usualHalfPoints, color = 'auto', highlight, shading} = look;
  if (isVanished || halfPoints <= unseenHalfPoints) return 'nothing';
  const isPlain = (ground: Ground | undefined) => ground !== undefined && ground !== 'clear';
  const ground = [highlight, shading, ...grounds].find(isPlain) ?? white;
  if (color === 'auto' || typeof ground === 'string' || isSeenOn(color, ground)) return 'all';
  return 'room';
}

const usualHalfPoints = 20;
/** One point: a third of a millimetre, of which letters are a half. */
const unseenHalfPoints = 2;

/** A size in half points, or with its unit, as the strict form of the format has it. */
function halfPointsOf(value: string | undefined): number {
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,6})?)(pt)?$/.exec(value ?? '') ?? [];
  return number === undefined ? usualHalfPoints : Number(number) * (unit === undefined ? 1 : 2);
}
