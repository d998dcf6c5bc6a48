/**
 * Of the last that a program has said, the line that tells a person most: the error that ended it with its place, or
 * what looks like one, or the last line. A line of a log in JSON is its message.
 *
 * @returns an empty text where it said nothing
 */
export function tellingLine(text: string): string {
  const lines = text.trim().split('\n').filter(isOwn).map(messageIn);
  const thrown = lines.findLast((line) => /^(Uncaught )?[A-Z]\w*(Error|Exception)\b|^Error\b/.test(line));
  if (thrown !== undefined) return `${thrown}${placeOf(lines)}`;
  return lines.find((line) => /error|expected|can't|cannot|not /i.test(line)) ?? lines.at(-1) ?? '';
}

/** Neither a place in a stack, nor what Node says of itself under one. */
function isOwn(line: string): boolean {
  return line.trim() !== '' && !/^\s+at |^Node\.js v/.test(line);
}

/** Node puts the place of a syntax error on a line of its own, before the code that is wrong. */
function placeOf(lines: readonly string[]): string {
  const [, place] =
    lines.map((line) => /^(?:file:\/\/)?(\/\S+:\d+)$/.exec(line)).findLast((found) => found !== null) ?? [];
  return place === undefined ? '' : ` (${place})`;
}

function messageIn(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said !== 'object' || said === null) return line;
    const {error, message}: {error?: unknown; message?: unknown} = said;
    const words = error ?? message;
    return typeof words === 'string' ? words : line;
  } catch {
    return line;
  }
}
