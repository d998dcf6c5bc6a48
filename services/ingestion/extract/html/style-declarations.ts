import {split} from './style-text.ts';

/** What a style says about one property; name and value are in lower case. */
export interface Declaration {
  readonly property: string;
  readonly value: string;
  readonly isImportant: boolean;
}

/** Properties that decide whether text is seen, or how it flows. */
const heeded = new Set(
  (
    'display visibility opacity filter content-visibility mso-hide font-size color fill -webkit-text-fill-color ' +
    'background-color background-image background-clip -webkit-background-clip text-shadow text-indent ' +
    'position left right top bottom clip clip-path -webkit-clip-path transform scale animation animation-name ' +
    'width height max-width max-height min-width min-height overflow overflow-x overflow-y ' +
    'margin-left margin-top padding-top padding-bottom padding-left padding-right white-space white-space-collapse'
  ).split(' '),
);

/** Characters of a value that somebody wrote; longer ones hold images. */
const longest = 500;

/** The declarations of a style that matter here (CSS Syntax §5.4.5), those of shorthands written out. */
export function declarationsIn(style: string): Declaration[] {
  return split(style, ';').flatMap((declaration) => {
    const colon = declaration.indexOf(':');
    if (colon < 0) return [];
    const property = declaration.slice(0, colon).trim().toLowerCase();
    if (!heeded.has(property) && !shorthands.has(property)) return [];
    const [value, isImportant] = markedValue(declaration.slice(colon + 1));
    const written = shorthands.get(property)?.(value) ?? [[property, value] as const];
    return written.map(([longhand, part]) => ({property: longhand, value: part, isImportant}));
  });
}

function markedValue(written: string): [value: string, isImportant: boolean] {
  const value = written.trim();
  const mark = value.lastIndexOf('!');
  const isImportant =
    mark >= 0 &&
    value
      .slice(mark + 1)
      .trim()
      .toLowerCase() === 'important';
  return [(isImportant ? value.slice(0, mark) : value).trim().toLowerCase(), isImportant];
}

type Written = readonly (readonly [property: string, value: string])[];

const shorthands: ReadonlyMap<string, (value: string) => Written> = new Map([
  ['font', fontOf],
  ['background', backgroundOf],
  ['margin', (value) => sidesOf('margin', value).filter(([side]) => heeded.has(side))],
  ['padding', (value) => sidesOf('padding', value)],
  ['inset', (value) => sidesOf('', value)],
]);

function fontOf(value: string): Written {
  const size = fontSizeIn(value);
  return size === null ? [] : [['font-size', size]];
}

/** The size in a font, as in `bold 14px/20px Arial`: what has a unit, or nothing and stands before a slash. */
function fontSizeIn(font: string): string | null {
  if (/^(inherit|initial|unset)$/.test(font)) return font;
  const words = font.slice(0, longest).split(/\s+/);
  const size = /^([\d.]+([a-z]+|%)|0|[\d.]+(?=\/)|(x{1,3}-)?(small|large)|medium|smaller|larger)(\/|$)/;
  for (const word of words) {
    const found = size.exec(word)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

function backgroundOf(value: string): Written {
  if (/^(inherit|initial|unset|revert)$/.test(value)) return [['background-color', value]];
  const isImage = value.length > longest || /url\(|gradient\(|image|element\(|var\(/.test(value);
  const parts = isImage ? [] : split(value, ' ').filter((part) => part !== '');
  // What is no position, size or way to repeat is the color.
  const color = parts.find((part) => /^#|^[a-z]+\(|^[a-z]+$/.test(part) && !notColors.has(part));
  const clip = /\btext\b/.test(value) && !isImage ? 'text' : 'border-box';
  return [
    ['background-color', color ?? 'transparent'],
    ['background-image', isImage ? 'image' : 'none'],
    ['background-clip', clip],
  ];
}

const notColors = new Set(
  (
    'none repeat repeat-x repeat-y no-repeat space round scroll fixed local left right top bottom center ' +
    'border-box padding-box content-box text auto cover contain'
  ).split(' '),
);

/** A value for each side, of one to four: top, right, bottom, left. */
function sidesOf(property: string, value: string): Written {
  const [top = '', right = top, bottom = top, left = right] = value.slice(0, longest).split(/\s+/);
  const prefix = property === '' ? '' : `${property}-`;
  return [
    [`${prefix}top`, top],
    [`${prefix}right`, right],
    [`${prefix}bottom`, bottom],
    [`${prefix}left`, left],
  ];
}
