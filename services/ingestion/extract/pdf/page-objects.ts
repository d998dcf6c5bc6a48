import type {Color} from '../color.ts';
import {clipBox} from './clip.ts';
import {ClipEffort} from './clip-effort.ts';
import {areaEffort, efforts, linesEffort} from './effort.ts';
import {type Box, identity, type Matrix, multiplied, overlap, transformed} from './geometry.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** A piece of text that was drawn in one go: a word, a line, seldom more. */
export interface TextPiece {
  handle: Handle;
  /** Its place among all that is drawn on the page; what comes later covers it. */
  order: number;
  bounds: Box;
  /** Height and width of its letters' square, in points; the smaller of both. */
  size: number;
  /** How it is drawn (PDF 32000-1 §9.3.6): 0 filled, 1 outlined, 2 both, 3 invisible, 4 to 7 also clipping. */
  mode: number;
  /** Of letters with a pattern, any. */
  color: Color | undefined;
  /** Whether layers may decide if it is shown: it is marked so, or lies in a form whose layer can't be asked for. */
  isLayered: boolean;
  /** Whether its letters are drawings (Type 3, PDF 32000-1 §9.6.5), of any color and size: such fonts have no name. */
  isDrawings: boolean;
  /** Whether it is mixed with what lies under it, or a mask lies on it. */
  isMasked: boolean;
  /** Whether paths cut off all of it. */
  isCutOff: boolean;
}

/** Lines, or a filled shape. */
export interface Shape {
  order: number;
  bounds: Box;
  /** Undefined of lines only. */
  fill: Color | undefined;
}

/** What is not drawn: an image, a shading, a pattern, or what lets through what lies under it. */
export interface Picture {
  handle: Handle;
  bounds: Box;
  isImage: boolean;
}

/** What is drawn on a page. */
export interface PageObjects {
  texts: TextPiece[];
  shapes: Shape[];
  pictures: Picture[];
  /** See-through groups with text in them. */
  groups: Handle[];
  /** How much work drawing all but the text is, see `efforts`. */
  effort: number;
}

const kinds = {text: 1, path: 2, image: 3, shading: 4, form: 5} as const;

/** Forms in forms that are looked into, and objects; what lies beyond is taken as seen. */
const mostDepth = 16;
const mostObjects = 200_000;
const mostMarks = 16;

/** All that is drawn on a page, in order, that in forms too. */
export function pageObjects(pdfium: Pdfium, page: Handle, paper: Box): PageObjects {
  const found: PageObjects = {texts: [], shapes: [], pictures: [], groups: [], effort: efforts.page};
  const {calls} = pdfium;
  const clips = new ClipEffort(pdfium, paper);
  let order = 0;
  const isEnough = () => order > mostObjects;
  const visit = (handle: Handle, matrix: Matrix | undefined, depth: number) => {
    const kind = calls.FPDFPageObj_GetType(handle);
    found.effort += clips.of(handle);
    if (kind !== kinds.form) return add(pdfium, found, {handle, kind, order: order++, matrix});
    found.effort += efforts.form;
    if (depth >= mostDepth) return;
    const own = matrixOf(pdfium, handle);
    const within = matrix ? multiplied(own, matrix) : own;
    const texts = found.texts.length;
    const count = calls.FPDFFormObj_CountObjects(handle);
    for (let index = 0; index < count && !isEnough(); index++)
      visit(calls.FPDFFormObj_GetObject(handle, index), within, depth + 1);
    if (calls.FPDFPageObj_HasTransparency(handle))
      addGroup(pdfium, found, {handle, matrix, hasText: found.texts.length > texts});
  };
  const count = calls.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && !isEnough(); index++)
    visit(calls.FPDFPage_GetObject(page, index), undefined, 0);
  if (isEnough()) found.effort = Number.POSITIVE_INFINITY;
  return found;
}

interface Drawn {
  handle: Handle;
  kind: number;
  order: number;
  /** Of the form that it lies in; undefined on the page itself. */
  matrix: Matrix | undefined;
}

function add(pdfium: Pdfium, found: PageObjects, drawn: Drawn): void {
  const bounds = boundsOf(pdfium, drawn);
  if (!bounds) return;
  const {handle, kind} = drawn;
  if (kind === kinds.text) found.texts.push(textPiece(pdfium, drawn, bounds));
  if (kind === kinds.image) found.pictures.push({handle, bounds, isImage: true});
  if (kind === kinds.shading) found.pictures.push({handle, bounds, isImage: false});
  if (kind === kinds.path) addPath(pdfium, found, drawn, bounds);
}

function addPath(pdfium: Pdfium, found: PageObjects, {handle, order}: Drawn, bounds: Box): void {
  const {calls} = pdfium;
  const [fillMode] = pdfium.integers(2, (at) => calls.FPDFPath_GetDrawMode(handle, at, at + 4)) ?? [];
  const fill = fillMode ? colorOf(pdfium, handle, 'Fill') : undefined;
  if (calls.FPDFPageObj_HasTransparency(handle) || (fill && isPattern(fill)))
    return void found.pictures.push({handle, bounds, isImage: false});
  found.shapes.push({order, bounds, fill});
  const isDashed = calls.FPDFPageObj_GetDashCount(handle) > 0;
  found.effort += linesEffort(bounds, calls.FPDFPath_CountSegments(handle), isDashed) + areaEffort(bounds);
}

/** What PDFium says the color of a colored pattern is; few use that gray themselves. */
function isPattern({red, green, blue}: Color): boolean {
  return red === 0xbf && green === 0xbf && blue === 0xbf;
}

/** A see-through group without text is a picture; one with is drawn, but as if nothing lay under it. */
function addGroup(
  pdfium: Pdfium,
  found: PageObjects,
  {handle, matrix, hasText}: Pick<Drawn, 'handle' | 'matrix'> & {hasText: boolean},
): void {
  const bounds = boundsOf(pdfium, {handle, matrix});
  if (hasText) found.groups.push(handle);
  if (hasText) found.effort += efforts.group;
  else if (bounds) found.pictures.push({handle, bounds, isImage: false});
}

function textPiece(pdfium: Pdfium, {handle, order, matrix}: Drawn, bounds: Box): TextPiece {
  const {calls} = pdfium;
  const [fontSize = 0] = pdfium.floats(1, (at) => calls.FPDFTextObj_GetFontSize(handle, at)) ?? [];
  const own = matrixOf(pdfium, handle);
  const [a, b, c, d] = matrix ? multiplied(own, matrix) : own;
  const mode = calls.FPDFTextObj_GetTextRenderMode(handle);
  return {
    handle,
    order,
    bounds,
    size: Math.abs(fontSize) * Math.min(Math.hypot(a, b), Math.hypot(c, d)),
    mode,
    color: colorOf(pdfium, handle, mode === 1 || mode === 5 ? 'Stroke' : 'Fill'),
    isMasked: calls.FPDFPageObj_HasTransparency(handle) !== 0,
    isDrawings: calls.FPDFFont_GetBaseFontName(calls.FPDFTextObj_GetFont(handle), 0, 0) <= 1,
    isLayered: matrix !== undefined || isMarkedAsLayer(pdfium, handle),
    isCutOff: isCutOff(pdfium, handle, bounds),
  };
}

function isCutOff(pdfium: Pdfium, handle: Handle, bounds: Box): boolean {
  const clip = clipBox(pdfium, handle);
  return clip !== undefined && !overlap(bounds, clip);
}

/** Whether it is marked as optional content (PDF 32000-1 §8.11.3.2). */
function isMarkedAsLayer(pdfium: Pdfium, handle: Handle): boolean {
  const {calls} = pdfium;
  const count = calls.FPDFPageObj_CountMarks(handle);
  if (count > mostMarks) return true;
  for (let index = 0; index < count; index++) {
    const mark = calls.FPDFPageObj_GetMark(handle, index);
    const name = pdfium.textWithLength((buffer, bytes, length) =>
      calls.FPDFPageObjMark_GetName(mark, buffer, bytes, length),
    );
    if (name === 'OC') return true;
  }
  return false;
}

function colorOf(pdfium: Pdfium, handle: Handle, use: 'Fill' | 'Stroke'): Color | undefined {
  const channels = pdfium.integers(4, (at) =>
    pdfium.calls[`FPDFPageObj_Get${use}Color`](handle, at, at + 4, at + 8, at + 12),
  );
  if (!channels) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 255] = channels;
  return {red, green, blue, alpha: alpha / 255};
}

function boundsOf(pdfium: Pdfium, {handle, matrix}: Pick<Drawn, 'handle' | 'matrix'>): Box | undefined {
  const box = ownBounds(pdfium, handle);
  return box && matrix ? transformed(box, matrix) : box;
}

/** The rectangle around an object, in the coordinates of what it lies in: the page or a form. */
export function ownBounds(pdfium: Pdfium, handle: Handle): Box | undefined {
  const sides = pdfium.floats(4, (at) =>
    pdfium.calls.FPDFPageObj_GetBounds(handle, at, at + 4, at + 8, at + 12),
  );
  if (!sides) return undefined;
  const [left = 0, bottom = 0, right = 0, top = 0] = sides;
  return {left, bottom, right, top};
}

function matrixOf(pdfium: Pdfium, handle: Handle): Matrix {
  const numbers = pdfium.floats(6, (at) => pdfium.calls.FPDFPageObj_GetMatrix(handle, at));
  if (!numbers) return identity;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}
