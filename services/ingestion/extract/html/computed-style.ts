import {black, type Color, isOpaqueEnough, over, white} from '../color.ts';
import {displayOf, isStyled, type Said, unstyled} from './browser-style.ts';
import {colorOf, transparent} from './colors.ts';
import {drawingStyle} from './drawing-style.ts';
import {fontSizeOf, lengthOf} from './lengths.ts';
import type {Attributes} from './markup.ts';
import {isTakenAway, opacityOf} from './visibility.ts';
import {normalSpace, type WhiteSpace, whiteSpaceOf} from './white-space.ts';

/** What an element looks like, as far as it decides whether its text is seen and how it flows. */
export interface Style {
  /** Properties that an element has from the one it is in (CSS Cascade §7.2). */
  readonly isVisible: boolean;
  /** In pixels. */
  readonly fontSize: number;
  /** Null where it is not known. */
  readonly color: Color | null;
  /** Whether something else paints the text's shape: a shadow, or a ground that is clipped to it. */
  readonly isPainted: boolean;
  /** In pixels. */
  readonly indent: number;
  readonly whiteSpace: WhiteSpace;

  /** What is seen behind the element; null where it is not known, as of an image. */
  readonly ground: Color | null;
  /** From 0 to 1, with that of all it is in. */
  readonly opacity: number;
  /** Whether nothing in it is seen, whatever its own style. */
  readonly isGone: boolean;

  readonly display: Display;
  /** Whether the elements in it are laid out one by one, as boxes. */
  readonly isOfBoxes: boolean;
}

/** How an element flows: `box` is a block that stands in a line. */
export type Display = 'block' | 'box' | 'cell' | 'inline' | 'none';

/** What a page looks like before it says anything: black on white, or on what sheets say that are not there. */
export function pageStyle(isGroundKnown: boolean): Style {
  return {
    isVisible: true,
    fontSize: 16,
    color: black,
    isPainted: false,
    indent: 0,
    whiteSpace: normalSpace,
    ground: isGroundKnown ? white : null,
    opacity: 1,
    isGone: false,
    display: 'block',
    isOfBoxes: false,
  };
}

/** An element, and what the styles of its page say of it; null where they say nothing. */
export interface Styled {
  readonly name: string;
  readonly attributes: Attributes;
  readonly said: Said | null;
}

/** The style of an element in another. */
export function styleOf({name, attributes, said: ofPage}: Styled, parent: Style): Style {
  const styled = drawingStyle(name, attributes, ofPage) ?? ofPage;
  if (styled === null && attributes.size === 0 && !isStyled(name))
    return {...parent, ...layoutOf(name, undefined, parent.isOfBoxes)};
  const said: Said = (property) => styled?.(property) ?? unstyled(name, attributes, property);
  const fontSize = inherited(said('font-size'), parent.fontSize, 16, (size) =>
    fontSizeOf(size, parent.fontSize),
  );
  const position = said('position');
  const isLifted = position === 'absolute' || position === 'fixed';
  const {display, isOfBoxes} = layoutOf(name, said('display'), parent.isOfBoxes || isLifted);
  // Browsers take nothing from sight of their own accord but what they don't display.
  const opacity = styled ? parent.opacity * opacityOf(styled) : parent.opacity;
  const isAway = styled !== null && isTakenAway(styled, {name, display, fontSize, isLifted});
  const isGone = parent.isGone || isAway || display === 'none' || !isOpaqueEnough(opacity);
  return {
    isVisible: inherited(said('visibility'), parent.isVisible, true, visibilityOf),
    fontSize,
    color: colorIn(said, parent),
    isPainted: parent.isPainted || isPaintedBy(said),
    indent: inherited(said('text-indent'), parent.indent, 0, (indent) =>
      lengthOf(indent.split(' ')[0] ?? '', {em: fontSize, percent: 10}),
    ),
    whiteSpace: whiteSpaceOf(said, parent.whiteSpace),
    // What is lifted out of the flow may stand on anything.
    ground: groundIn(said, isLifted ? null : parent.ground),
    opacity,
    isGone,
    display,
    isOfBoxes,
  };
}

/** A value that an element has from the one it is in, if its own says nothing or nothing that is known. */
function inherited<Value>(
  said: string | undefined,
  parent: Value,
  initial: Value,
  read: (said: string) => Value | null,
): Value {
  if (said === undefined || said === 'inherit' || said === 'unset' || said === 'revert') return parent;
  return said === 'initial' ? initial : (read(said) ?? parent);
}

function visibilityOf(said: string): boolean | null {
  if (said === 'visible') return true;
  return said === 'hidden' || said === 'collapse' ? false : null;
}

function layoutOf(
  name: string,
  said: string | undefined,
  isBox: boolean,
): Pick<Style, 'display' | 'isOfBoxes'> {
  const usual = displayOf(name);
  const isOfBoxes = /(^|-)(flex|grid|box)$/.test(said ?? '');
  const display = displayIn(said ?? '', usual);
  return {display: isBox && (display === 'inline' || display === 'box') ? 'block' : display, isOfBoxes};
}

function displayIn(said: string, usual: Display): Display {
  if (said === 'none' || said === 'table-column' || said === 'table-column-group') return 'none';
  if (said === 'inline' || said === 'contents' || said.startsWith('ruby')) return 'inline';
  // A division in a line is most often a column of the page's layout.
  if (said.startsWith('inline') || said.startsWith('-webkit-inline'))
    return usual === 'inline' ? 'box' : 'block';
  if (said === 'table-cell') return 'cell';
  return blockDisplays.test(said) ? 'block' : usual;
}

const blockDisplays =
  /^(block|flex|grid|flow-root|list-item|table|table-(row|caption|(row|header|footer)-group)|-\w+-(box|flex))$/;

function colorIn(said: Said, parent: Style): Color | null {
  const value = said('-webkit-text-fill-color') ?? said('color');
  if (value === undefined || keepsParents.has(value)) return parent.color;
  return value === 'initial' ? black : colorOf(value);
}

const keepsParents = new Set(['inherit', 'unset', 'revert', 'currentcolor']);

function isPaintedBy(said: Said): boolean {
  const shadow = said('text-shadow') ?? 'none';
  const clip = said('background-clip') ?? said('-webkit-background-clip');
  return (
    clip === 'text' || said('-webkit-background-clip') === 'text' || !/^(none|initial|unset)$/.test(shadow)
  );
}

function groundIn(said: Said, below: Color | null): Color | null {
  const image = said('background-image') ?? 'none';
  if (!/^(none|initial|unset|inherit|revert)$/.test(image)) return null;
  const value = said('background-color') ?? 'transparent';
  const color = /^(initial|unset|inherit|revert)$/.test(value) ? transparent : colorOf(value);
  if (color === null || color.alpha === 1) return color;
  if (color.alpha === 0) return below;
  return below && over(color, below);
}
