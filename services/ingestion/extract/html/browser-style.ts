import type {Attributes} from './markup.ts';

/** Elements whose content is never shown as text, or only where the page does not work; see `Shown` of `noscript`. */
export const unseen: ReadonlySet<string> = namesOf(
  'script style template head title link meta base iframe object audio video canvas datalist ' +
    // Of drawings and formulas, what is not drawn where it stands.
    'desc metadata defs symbol clippath mask pattern marker annotation annotation-xml ' +
    'noframes noembed rp param source track area',
);

const blocks = namesOf(
  'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p ' +
    'plaintext pre search section summary table text tbody tfoot thead tr ul xmp',
);
const tables = namesOf('table tbody tfoot thead tr td th');
const fields = namesOf('input textarea select button');

/** What the page's styles say of an element's properties; undefined where they say nothing. */
export type Said = (property: string) => string | undefined;

/** How an element is laid out where its page does not say so. */
export function displayOf(name: string): 'block' | 'cell' | 'inline' {
  if (name === 'td' || name === 'th') return 'cell';
  return blocks.has(name) ? 'block' : 'inline';
}

/** Whether an element is a part of a table, which no size makes smaller than what is in it. */
export function isOfTable(name: string): boolean {
  return tables.has(name);
}

/** Whether browsers give an element a style beside of how it is laid out, which `unstyled` says. */
export function isStyled(name: string): boolean {
  return fields.has(name) || spaceBefore(name) !== undefined || name === 'mark' || name === 'dialog';
}

/** What browsers and an element's attributes say of a property where no style does (HTML §15.3). */
export function unstyled(name: string, attributes: Attributes, property: string): string | undefined {
  switch (property) {
    case 'display':
      return isAbsent(name, attributes) ? 'none' : undefined;
    case 'color':
      return colorBefore(name, attributes);
    case 'background-color':
      return attributes.get('bgcolor')?.trim().toLowerCase() ?? groundBefore(name);
    case 'background-image':
      return attributes.has('background') ? 'image' : undefined;
    case 'font-size':
      return fields.has(name) ? '13.33px' : name === 'font' ? fontSize(attributes.get('size')) : undefined;
    case 'white-space':
      return spaceBefore(name);
    case 'text-indent':
      return fields.has(name) ? '0' : undefined;
    default:
      return undefined;
  }
}

function isAbsent(name: string, attributes: Attributes): boolean {
  if (attributes.has('hidden') || attributes.has('popover')) return true;
  return name === 'dialog' && !attributes.has('open');
}

function colorBefore(name: string, attributes: Attributes): string | undefined {
  if (name === 'font') return attributes.get('color')?.trim().toLowerCase();
  if (name === 'body') return attributes.get('text')?.trim().toLowerCase();
  if (name === 'a' && attributes.has('href')) return '#0000ee';
  return fields.has(name) || name === 'mark' ? 'black' : undefined;
}

function groundBefore(name: string): string | undefined {
  if (name === 'button') return '#efefef';
  if (name === 'mark') return 'yellow';
  return fields.has(name) ? 'white' : undefined;
}

function spaceBefore(name: string): string | undefined {
  if (name === 'textarea') return 'pre-wrap';
  return name === 'pre' || name === 'listing' || name === 'xmp' || name === 'plaintext' ? 'pre' : undefined;
}

const fontSizes = ['x-small', 'small', 'medium', 'large', 'x-large', 'xx-large', 'xxx-large'];

/** Of a font from 1 to 7, or so many steps from 3. */
function fontSize(size: string | undefined): string | undefined {
  const [, sign, digits] = /^\s*([+-]?)(\d{1,3})/.exec(size ?? '') ?? [];
  if (digits === undefined) return undefined;
  const steps = Number(digits);
  const number = sign === '+' ? 3 + steps : sign === '-' ? 3 - steps : steps;
  return fontSizes[Math.min(Math.max(number, 1), 7) - 1];
}

function namesOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}
