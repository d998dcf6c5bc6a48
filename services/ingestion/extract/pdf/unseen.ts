import {contrast, isOpaqueEnough, white} from '../color.ts';
import {drawnUnseen} from './drawing.ts';
import {textEffort} from './effort.ts';
import {type Box, commonArea, isCentered} from './geometry.ts';
import {type PageObjects, pageObjects, type Shape, type TextPiece} from './page-objects.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** Invisible, and the text of a scan that was read by a machine (PDF 32000-1 §9.3.6). */
const invisible = 3;
/** Points; letters of less are dots. */
const tiniestSize = 1.1;
const tiniestHeight = 2;
/** How much of a page images cover that is a scan. */
const scanned = 0.5;
/** Shapes that each piece of text is compared with; a page with more is drawn. */
const mostShapes = 400;
/** Points; a shape that is smaller covers no word. */
const smallShape = 4;
/** Of 255: contrast below which it is looked for on the drawing, where grounds lie over each other and mix. */
const doubtful = 32;

/** How much drawing a document may still cost, see `PageObjects`. */
export interface Effort {
  left: number;
}

interface Sheet {
  document: Handle;
  page: Handle;
  paper: Box;
}

/**
 * Takes text off a page that nobody can see on it: beside the page, cut off, too small, in a layer that is off, in the color of what
 * lies behind it, or covered. Such words are not the writer's to the reader, and can be somebody else's to a machine.
 *
 * The invisible text of a scan stays: a machine read it from the image, so it is what people see. What can't be told is
 * seen: text on an image, letters that are drawings or see-through, and all of a page that is too much work to draw.
 */
export function takeOffUnseen(pdfium: Pdfium, {document, page, paper}: Sheet, effort: Effort): void {
  const objects = pageObjects(pdfium, page, paper);
  const isScan = isScanned(objects, paper);
  const takeOff = ({handle}: TextPiece) => pdfium.calls.FPDFPageObj_SetIsActive(handle, 0);
  const isDoubtful = doubtOf(objects);
  const doubted: TextPiece[] = [];
  const seen: TextPiece[] = [];
  for (const text of objects.texts) {
    const isInvisible = text.mode === invisible;
    const isNowhere = isBeside(text, paper) || text.isCutOff || isTiny(text) || isClear(text);
    if (isNowhere || (isInvisible && !isScan)) takeOff(text);
    else if (!isInvisible && isDoubtful(text)) doubted.push(text);
    else seen.push(text);
  }
  const cost = doubted.reduce((sum, text) => sum + textEffort(text), objects.effort);
  if (doubted.length === 0 || cost > effort.left) return;
  effort.left -= cost;
  const unseen = drawnUnseen(pdfium, {document, page, objects, texts: doubted, seen});
  if (unseen === undefined) effort.left = 0;
  for (const text of unseen ?? []) takeOff(text);
}

/** What of a page is seen at all: its crop box, within its media box (PDF 32000-1 §14.11.2). */
export function paperOf(pdfium: Pdfium, page: Handle): Box {
  const sides = pdfium.floats(4, (at) => pdfium.calls.FPDF_GetPageBoundingBox(page, at));
  const [left = 0, top = 0, right = 0, bottom = 0] = sides ?? [];
  return {left, top, right, bottom};
}

function isBeside({bounds: {left, bottom, right, top}}: TextPiece, paper: Box): boolean {
  return right < paper.left || left > paper.right || top < paper.bottom || bottom > paper.top;
}

/** The letters of fonts that are made of drawings can be larger than their size. */
function isTiny({size, bounds}: TextPiece): boolean {
  return (
    size < tiniestSize && Math.min(bounds.right - bounds.left, bounds.top - bounds.bottom) < tiniestHeight
  );
}

/** Transparent as good as quite. */
function isClear({color}: TextPiece): boolean {
  return color !== undefined && !isOpaqueEnough(color.alpha);
}

function isScanned({pictures}: PageObjects, paper: Box): boolean {
  let covered = 0;
  for (const {bounds, isImage} of pictures) if (isImage) covered += commonArea(bounds, paper);
  return covered >= scanned * commonArea(paper, paper);
}

/** What tells the text that might be unseen, so that only pages with such are drawn. */
function doubtOf({shapes}: PageObjects): (text: TextPiece) => boolean {
  const large = shapes.filter(({bounds}) => isLarge(bounds));
  return (text) => {
    const {isLayered, color, bounds} = text;
    if (text.isDrawings || text.isMasked) return false;
    if (isLayered || large.length > mostShapes) return true;
    if (color && contrast(color, white) < doubtful) return true;
    return large.some((shape) => isCentered(bounds, shape.bounds) && mayHide(shape, text));
  };
}

function isLarge({left, right, bottom, top}: Box): boolean {
  return right - left > smallShape && top - bottom > smallShape;
}

/** A shape can lie over text, or under it in the same color. */
function mayHide({order, fill}: Shape, text: TextPiece): boolean {
  if (!fill) return false;
  return order > text.order || (text.color !== undefined && contrast(text.color, fill) < doubtful);
}
