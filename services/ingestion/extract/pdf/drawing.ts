import {colorOfNumber, isSeenOn} from '../color.ts';
import {overlap} from './geometry.ts';
import {ownBounds, type PageObjects, type Picture, type TextPiece} from './page-objects.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** What is to be found on a drawing of a page. */
export interface Sought {
  document: Handle;
  page: Handle;
  objects: PageObjects;
  texts: readonly TextPiece[];
  /** What needs not be found, and is not drawn. */
  seen: readonly TextPiece[];
}

/** A drawing of a page: a pixel is 0x..rrggbb, of which the first byte says nothing. */
interface Drawing {
  width: number;
  height: number;
  pixels: Uint32Array;
}

/** Pixels of the longer side at most; else one is a point. */
const mostPixels = 1400;
/** Pictures that each piece of text is compared with; of a page with more, all is taken as a picture. */
const mostPictures = 64;
/** Milliseconds of work that one drawing may take; then there is no other. */
const longestMs = 1_000;
/** Pixels of one page that are looked at a second time. */
const mostLooks = 4_000_000;
/** No smoothing of text, images and lines (`FPDF_RENDER_NO_SMOOTH…`): each pixel has the color of one thing. */
const unsmoothed = 0x1000 | 0x2000 | 0x4000;
/** `FPDFBitmap_BGRx`, which is 0x..rrggbb in a word. */
const format = 3;

/**
 * Those of some pieces of text that nobody sees when the page is drawn. It is drawn three times: as it is, with each of the
 * pieces in a color of its own, and without them. A piece is seen where its own color appears, and the page as it is differs
 * from the one without. So everything counts that decides how a page looks, layers above all (PDF 32000-1 §8.11), without
 * knowing of it.
 *
 * Images, shadings, patterns and what is see-through are not drawn, as they can take long: on them, all is seen that is drawn at all.
 *
 * @returns undefined when drawing takes too long all the same.
 */
export function drawnUnseen(pdfium: Pdfium, sought: Sought): TextPiece[] | undefined {
  const {texts, seen, page, objects} = sought;
  setActive(pdfium, objects.pictures, false);
  setActive(pdfium, seen, false);
  const plain = pdfium.name('Normal');
  // Mixing a group with what was drawn before it means to draw that again.
  for (const handle of objects.groups) pdfium.calls.FPDFPageObj_SetBlendMode(handle, plain);
  const begin = process.threadCpuUsage();
  const asIs = drawn(pdfium, page);
  const {user, system} = process.threadCpuUsage(begin);
  if ((user + system) / 1_000 > longestMs) return void setActive(pdfium, seen, true);
  const pieces = new Map(texts.map((text, index) => [dye(pdfium, text.handle, index), text]));
  const dyed = drawn(pdfium, page);
  setActive(pdfium, texts, false);
  const ground = drawn(pdfium, page);
  setActive(pdfium, [...texts, ...seen], true);
  if (!asIs || !dyed || !ground) return [];

  const stands = standingOut(objects.pictures, asIs, ground);
  const found = new Set<TextPiece>();
  eachDifference(dyed, ground, (at) => {
    const text = pieces.get(pixelAt(dyed, at));
    if (text && !found.has(text) && stands(text, at)) found.add(text);
  });
  const isMixed = mixed(pdfium, {page, dyed, ground, pieces, stands});
  return texts.filter((text) => !found.has(text) && !isMixed(text) && drawsAnything(pdfium, sought, text));
}

function setActive(pdfium: Pdfium, objects: readonly {handle: Handle}[], isActive: boolean): void {
  for (const {handle} of objects) pdfium.calls.FPDFPageObj_SetIsActive(handle, isActive ? 1 : 0);
}

/** Colors a piece as no other is: an odd factor gives each number another color, and neighbors distant ones. */
function dye({calls}: Pdfium, handle: Handle, index: number): number {
  const color = Math.imul(index + 1, 0x9e3779b1) & 0xffffff;
  const {red, green, blue} = colorOfNumber(color);
  calls.FPDFPageObj_SetFillColor(handle, red, green, blue, 255);
  calls.FPDFPageObj_SetStrokeColor(handle, red, green, blue, 255);
  return color;
}

function drawn(pdfium: Pdfium, page: Handle): Drawing | undefined {
  const {calls} = pdfium;
  const [wide, high] = [calls.FPDF_GetPageWidthF(page), calls.FPDF_GetPageHeightF(page)];
  const scale = Math.min(1, mostPixels / Math.max(wide, high, 1));
  const [width, height] = [Math.max(1, Math.ceil(wide * scale)), Math.max(1, Math.ceil(high * scale))];
  const bytes = 4 * width * height;
  const address = pdfium.allocate(bytes);
  const bitmap = calls.FPDFBitmap_CreateEx(width, height, format, address, 4 * width);
  if (bitmap !== 0) {
    calls.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    calls.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, unsmoothed);
    calls.FPDFBitmap_Destroy(bitmap);
  }
  const pixels = new Uint32Array(pdfium.memory.slice(address, address + bytes).buffer);
  calls.free(address);
  return bitmap === 0 ? undefined : {width, height, pixels};
}

/** Uses the places at which two drawings differ; most of their rows do not. */
function eachDifference(one: Drawing, other: Drawing, use: (at: number) => void): void {
  const {width, height} = one;
  for (let row = 0; row < width * height; row += width) {
    const [pixels, others] = [one.pixels.subarray(row, row + width), other.pixels.subarray(row, row + width)];
    if (bytesOf(pixels).equals(bytesOf(others))) continue;
    for (let x = 0; x < width; x++) if (pixels[x] !== others[x]) use(row + x);
  }
}

function bytesOf({buffer, byteOffset, byteLength}: Uint32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function pixelAt({pixels}: Drawing, at: number): number {
  return (pixels[at] ?? 0) & 0xffffff;
}

type Test = (text: TextPiece, at: number) => boolean;

/** Whether a piece of text stands out from its ground at a place. */
function standingOut(pictures: readonly Picture[], asIs: Drawing, ground: Drawing): Test {
  const isOnPicture = ({bounds}: TextPiece) =>
    pictures.length > mostPictures || pictures.some((picture) => overlap(picture.bounds, bounds));
  return (text, at) =>
    isSeenOn(colorOfNumber(pixelAt(asIs, at)), colorOfNumber(pixelAt(ground, at))) || isOnPicture(text);
}

interface Mixture {
  page: Handle;
  dyed: Drawing;
  ground: Drawing;
  pieces: ReadonlyMap<number, TextPiece>;
  stands: Test;
}

/**
 * What tells whether a piece is seen in a color that is none's: the drawings of some fonts have their own, and see-through
 * groups mix them. Then it is looked for where it should be.
 */
function mixed(pdfium: Pdfium, {page, dyed, ground, pieces, stands}: Mixture): (text: TextPiece) => boolean {
  let looks = 0;
  return (text) => {
    const {left, right, top, bottom} = deviceBox(pdfium, page, dyed, text);
    for (let y = top; y < bottom; y++) {
      looks += right - left;
      if (looks > mostLooks) return true;
      for (let at = y * dyed.width + left; at < y * dyed.width + right; at++) {
        if (dyed.pixels[at] === ground.pixels[at] || pieces.has(pixelAt(dyed, at))) continue;
        if (stands(text, at)) return true;
      }
    }
    return false;
  };
}

/** Where a piece is on a drawing; the first row is the uppermost. */
function deviceBox(pdfium: Pdfium, page: Handle, {width, height}: Drawing, {bounds}: TextPiece) {
  const [x0, y0] = devicePoint(pdfium, page, {width, height, x: bounds.left, y: bounds.bottom});
  const [x1, y1] = devicePoint(pdfium, page, {width, height, x: bounds.right, y: bounds.top});
  const within = (most: number, value: number) => Math.min(most, Math.max(0, value));
  return {
    left: within(width, Math.min(x0, x1)),
    right: within(width, Math.max(x0, x1) + 1),
    top: within(height, Math.min(y0, y1)),
    bottom: within(height, Math.max(y0, y1) + 1),
  };
}

function devicePoint(
  pdfium: Pdfium,
  page: Handle,
  {width, height, x, y}: {width: number; height: number; x: number; y: number},
): [x: number, y: number] {
  const [across = 0, down = 0] =
    pdfium.integers(2, (at) =>
      pdfium.calls.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, at, at + 4),
    ) ?? [];
  return [across | 0, down | 0];
}

/** Pixels of the longer side of a piece that is drawn alone. */
const alonePixels = 128;

/**
 * Whether a piece draws anything when it is alone: spaces do not, nor do letters of a font that is neither in the document
 * nor here, such as Chinese ones. Of these can't be told what hides them.
 */
function drawsAnything(pdfium: Pdfium, {document, page}: Sought, {handle}: TextPiece): boolean {
  const {calls} = pdfium;
  const bounds = ownBounds(pdfium, handle);
  if (!bounds) return false;
  const scale = Math.min(
    1,
    alonePixels / Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom, 1),
  );
  const bitmap = calls.FPDFTextObj_GetRenderedBitmap(document, page, handle, scale);
  if (bitmap === 0) return false;
  const address = calls.FPDFBitmap_GetBuffer(bitmap);
  const bytes = calls.FPDFBitmap_GetStride(bitmap) * calls.FPDFBitmap_GetHeight(bitmap);
  const isDrawn = pdfium.memory.subarray(address, address + bytes).some((byte) => byte !== 0);
  calls.FPDFBitmap_Destroy(bitmap);
  return isDrawn;
}
