/** The candidate that was probably meant, or undefined where none is near: at most a third of its letters differ. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const best = candidates
    .map((candidate) => ({candidate, edits: editsBetween(word.toLowerCase(), candidate)}))
    .sort((a, b) => a.edits - b.edits)[0];
  if (!best) return undefined;
  const allowed = Math.max(1, Math.ceil(best.candidate.length / 3));
  return best.edits <= allowed ? best.candidate : undefined;
}

/** `; did you mean \`x\`?` after a sentence's subject, or its full stop. */
export function didYouMean(word: string, candidates: readonly string[], prefix = ''): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '.' : `; did you mean \`${prefix}${meant}\`?`;
}

/** Letters to insert, delete, replace or swap with a neighbour (optimal string alignment). */
function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
