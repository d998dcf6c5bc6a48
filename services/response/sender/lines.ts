/** A line of a text. */
export interface Line {
  readonly text: string;
  /** Where it begins in the text. */
  readonly from: number;
}

/** The lines of a text that have words. */
export function linesOf(text: string, offset: number): Line[] {
  const lines: Line[] = [];
  let from = offset;
  for (const line of text.split('\n')) {
    if (/\S/.test(line)) lines.push({text: line, from});
    from += line.length + 1;
  }
  return lines;
}
