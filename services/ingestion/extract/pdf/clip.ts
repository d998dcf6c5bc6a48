import type {Box} from './geometry.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** Paths, and points of each, that are looked at; what more of them leave of a page is not told. */
const mostPaths = 8;
const mostPoints = 32;

/**
 * The rectangle outside of which nothing of an object is drawn, as paths cut it off (PDF 32000-1 §8.5.4); undefined where
 * none does, or where they are more than are looked at.
 */
export function clipBox(pdfium: Pdfium, object: Handle): Box | undefined {
  const {calls} = pdfium;
  const clip = calls.FPDFPageObj_GetClipPath(object);
  const paths = clip === 0 ? 0 : calls.FPDFClipPath_CountPaths(clip);
  if (paths <= 0 || paths > mostPaths) return undefined;
  const boxes = Array.from({length: paths}, (_, path) => pathBox(pdfium, clip, path)).filter(
    (box) => box !== undefined,
  );
  return boxes.reduce<Box | undefined>(
    (left, box) => (left === undefined ? box : common(left, box)),
    undefined,
  );
}

/** The rectangle around a path. */
function pathBox(pdfium: Pdfium, clip: Handle, path: number): Box | undefined {
  const {calls} = pdfium;
  const count = calls.FPDFClipPath_CountPathSegments(clip, path);
  if (count <= 0 || count > mostPoints) return undefined;
  const points = Array.from({length: count}, (_, index) => {
    const segment = calls.FPDFClipPath_GetPathSegment(clip, path, index);
    const [x = 0, y = 0] =
      pdfium.floats(2, (at) => calls.FPDFPathSegment_GetPoint(segment, at, at + 4)) ?? [];
    return {x, y};
  });
  const [across, upwards] = [points.map(({x}) => x), points.map(({y}) => y)];
  return {
    left: Math.min(...across),
    right: Math.max(...across),
    bottom: Math.min(...upwards),
    top: Math.max(...upwards),
  };
}

function common(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    right: Math.min(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
    top: Math.min(one.top, other.top),
  };
}
