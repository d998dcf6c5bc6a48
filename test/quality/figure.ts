/** One figure of quality, beside what it should be. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** In words, such as `at least 95 %`. */
  readonly target: string;
  /** Undefined: it could not be measured, and `measured` says why. */
  readonly isKept: boolean | undefined;
}

/** How many of all: at least, or at most, a share of them. */
export function share(
  what: string,
  {hits, of}: {hits: number; of: number},
  target: {least: number} | {most: number},
): Figure {
  const part = of === 0 ? 0 : hits / of;
  const [words, isKept] =
    'least' in target
      ? [`at least ${percent(target.least)}`, part >= target.least]
      : [`at most ${percent(target.most)}`, part <= target.most];
  return {what, measured: `${hits} of ${of}, ${percent(part)}`, target: words, isKept: of > 0 && isKept};
}

/** What could not be measured here. */
export function skipped(what: string, reason: string): Figure {
  return {what, measured: `skipped: ${reason}`, target: '', isKept: undefined};
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1).replace(/\.0$/, '')} %`;
}
