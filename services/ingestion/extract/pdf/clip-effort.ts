import {areaEffort, linesEffort} from './effort.ts';
import type {Box} from './geometry.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** Paths that one clips another, and that are gone through; a rectangle takes five segments. */
const mostPaths = 8;
const rectangle = 5;

/** What cutting things off by paths costs (PDF 32000-1 §8.5.4): nothing for one that is cut off as the one before it was. */
export class ClipEffort {
  readonly #pdfium: Pdfium;
  readonly #paper: Box;
  #before = '';

  constructor(pdfium: Pdfium, paper: Box) {
    this.#pdfium = pdfium;
    this.#paper = paper;
  }

  of(object: Handle): number {
    const {calls} = this.#pdfium;
    const clip = calls.FPDFPageObj_GetClipPath(object);
    const paths = clip === 0 ? 0 : Math.max(0, calls.FPDFClipPath_CountPaths(clip));
    if (paths > mostPaths) return Number.POSITIVE_INFINITY;
    const segments = Array.from({length: paths}, (_, path) =>
      calls.FPDFClipPath_CountPathSegments(clip, path),
    );
    const odd = segments.filter((count) => count > rectangle);
    const same = this.#before === odd.join();
    this.#before = odd.join();
    if (same) return 0;
    return odd.reduce(
      (sum, count) => sum + areaEffort(this.#paper) + linesEffort(this.#paper, count, false),
      0,
    );
  }
}
