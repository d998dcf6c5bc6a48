import type {Said} from './browser-style.ts';
import type {Attributes} from './markup.ts';

/** Elements of a drawing that text is in (SVG 2 §11). */
const drawn: ReadonlySet<string> = new Set(['svg', 'g', 'text', 'tspan', 'textpath']);

/** Properties that attributes of their names say as well (SVG 2 §6.5). */
const presented: ReadonlySet<string> = new Set(['display', 'visibility', 'opacity', 'clip-path', 'overflow']);

/** Properties that attributes say in pixels, by the names of those. */
const measured: ReadonlyMap<string, string> = new Map([
  ['font-size', 'font-size'],
  ['width', 'width'],
  ['height', 'height'],
  ['left', 'x'],
  ['top', 'y'],
]);

/**
 * What is said of an element of a drawing, in the properties by which a page is laid out: letters are filled and not
 * colored, stand where `x` and `y` say, and what does not fit into the drawing is cut off. Null for any other element.
 */
export function drawingStyle(name: string, attributes: Attributes, styled: Said | null): Said | null {
  if (!drawn.has(name)) return null;
  return (property) => {
    if (property === 'color') return fillOf(name, styled?.('fill') ?? attributes.get('fill'));
    if (property === 'position') return 'relative';
    const said = styled?.(property);
    if (said !== undefined) return said;
    const measure = measured.get(property);
    if (measure !== undefined) return lengthIn(attributes.get(measure));
    if (presented.has(property))
      return attributes.get(property)?.trim().toLowerCase() ?? usual(name, property);
    return undefined;
  };
}

/** A drawing is black, whatever stands around it is. */
function fillOf(name: string, fill: string | undefined): string | undefined {
  const value = fill?.trim().toLowerCase() ?? (name === 'svg' ? 'black' : undefined);
  return value === 'none' ? 'transparent' : value;
}

function lengthIn(value: string | undefined): string | undefined {
  return value !== undefined && /^-?[\d.]+$/.test(value.trim()) ? `${value.trim()}px` : value;
}

function usual(name: string, property: string): string | undefined {
  if (name !== 'svg') return undefined;
  if (property === 'display') return 'inline-block';
  return property === 'overflow' ? 'hidden' : undefined;
}
