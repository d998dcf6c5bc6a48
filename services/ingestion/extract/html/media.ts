import {lengthOf, screen} from './lengths.ts';
import {split} from './style-text.ts';

/**
 * Whether a style for some media (CSS Media Queries §3) is for a page on a screen of a desk, in light colors:
 * styles for print, for small screens and for the dark are not what the page's writer looked at.
 */
export function isForScreen(media: string): boolean {
  const queries = split(media.trim().toLowerCase(), ',');
  return media.trim() === '' || queries.some((query) => isMet(query.trim()));
}

function isMet(query: string): boolean {
  const isNot = query.startsWith('not ');
  const parts = split(isNot ? query.slice(4) : query, ' ').filter((part) => !joints.has(part));
  return parts.length > 0 && parts.every(holds) !== isNot;
}

const joints = new Set(['', 'and', 'only']);

function holds(part: string): boolean {
  if (part === 'all' || part === 'screen') return true;
  if (!part.startsWith('(') || !part.endsWith(')')) return false;
  const feature = part.slice(1, -1);
  const colon = feature.indexOf(':');
  if (colon >= 0) return isFeature(feature.slice(0, colon).trim(), feature.slice(colon + 1).trim());
  return /[<>]/.test(feature) ? isRange(feature) : flags.has(feature.trim());
}

const flags = new Set([
  'color',
  'hover',
  'any-hover',
  'pointer',
  'any-pointer',
  'width',
  'height',
  'grid-area',
]);

function isFeature(name: string, value: string): boolean {
  const [, bound, side] = /^(min-|max-)?(?:device-)?(width|height)$/.exec(name) ?? [];
  if (side === undefined) return features.get(name)?.includes(value) ?? false;
  const limit = lengthOf(value, {em: 16});
  const is = side === 'width' ? screen.width : screen.height;
  if (limit === null) return false;
  if (bound === 'min-') return is >= limit;
  return bound === 'max-' ? is <= limit : is === limit;
}

const features: ReadonlyMap<string, readonly string[]> = new Map([
  ['prefers-color-scheme', ['light']],
  ['orientation', ['landscape']],
  ['hover', ['hover']],
  ['any-hover', ['hover']],
  ['pointer', ['fine']],
  ['any-pointer', ['fine']],
  ['scripting', ['enabled']],
  ['-webkit-min-device-pixel-ratio', ['0', '1']],
  ['prefers-reduced-motion', ['no-preference']],
]);

/** As `width <= 600px` or `400px <= width < 900px`. */
function isRange(feature: string): boolean {
  const words = feature.split(/([<>]=?)/).map((word) => word.trim());
  const amounts = words.map((word) => (word === 'width' ? screen.width : lengthOf(word, {em: 16})));
  for (let at = 1; at < words.length; at += 2) {
    const left = amounts[at - 1] ?? null;
    const right = amounts[at + 1] ?? null;
    if (left === null || right === null) return false;
    if (words[at] === '<=' ? left > right : words[at] === '>=' ? left < right : false) return false;
    if (words[at] === '<' ? left >= right : words[at] === '>' ? left <= right : false) return false;
  }
  return true;
}
