/** A line that begins with two dashes. */
interface DashedLine {
  readonly at: number;
  /** Behind the dashes, without white space at its end; cut where it is longer than any boundary. */
  readonly text: string;
  readonly next: number;
}

type Mark = 'part' | 'end' | null;

/**
 * The parts of a multipart's body, views on it (RFC 2046 section 5.1.1); none where nothing parts it.
 *
 * A boundary may differ from the one that was declared in white space or case, or altogether: then it is the first
 * line of two dashes that a part's header follows. A part after the last one is one still, as programs take the same
 * boundary for a multipart in a multipart.
 *
 * @param boundary as declared, without the two dashes
 */
export function* partsOf(body: Buffer, boundary: string | null): Generator<Buffer, void, undefined> {
  const mark = marksOf(body, boundary);
  if (!mark) return;
  let start = -1;
  for (const line of dashedLines(body)) {
    const kind = mark(line.text);
    if (kind === null) continue;
    if (start !== -1) yield body.subarray(start, endBefore(body, start, line.at));
    start = kind === 'part' ? line.next : -1;
  }
  if (start !== -1 && start < body.length) yield body.subarray(start);
}

/** The boundary of a body that does not say that it is a multipart, but is one by its first lines; else null. */
export function boundaryWithin(body: Buffer): string | null {
  for (const {text, next} of dashedLines(body))
    if (text !== '' && /^content-[a-z-]{1,40}[ \t]*:/i.test(body.toString('latin1', next, next + 60)))
      return text;
  return null;
}

/** What a dashed line is to this body. */
function marksOf(body: Buffer, boundary: string | null): ((text: string) => Mark) | null {
  const declared = boundary?.trimEnd() ?? '';
  const marks = [marksBy(declared, (text) => text), marksBy(squeeze(declared), squeeze)];
  const fitting = declared === '' ? undefined : marks.find((mark) => hasPart(body, mark));
  if (fitting) return fitting;
  const found = boundaryWithin(body);
  return found === null ? null : marksBy(found, (text) => text);
}

function marksBy(boundary: string, written: (text: string) => string): (text: string) => Mark {
  return (text) => {
    const line = written(text);
    return line === boundary ? 'part' : line === `${boundary}--` ? 'end' : null;
  };
}

function hasPart(body: Buffer, mark: (text: string) => Mark): boolean {
  for (const {text} of dashedLines(body)) if (mark(text) === 'part') return true;
  return false;
}

function squeeze(text: string): string {
  return text.replaceAll(/\s/g, '').toLowerCase();
}

/** A boundary has up to 70 characters; some programs don't count. */
const longestLine = 1000;

function* dashedLines(body: Buffer): Generator<DashedLine, void, undefined> {
  let at = body.toString('latin1', 0, 2) === '--' ? 0 : after(body, 0);
  while (at !== -1) {
    const newline = body.indexOf(0x0a, at);
    const end = newline === -1 ? body.length : newline;
    const text = body.toString('latin1', at + 2, Math.min(end, at + longestLine)).trimEnd();
    yield {at, text, next: newline === -1 ? body.length : newline + 1};
    at = newline === -1 ? -1 : after(body, newline);
  }
}

function after(body: Buffer, from: number): number {
  const found = body.indexOf('\n--', from, 'latin1');
  return found === -1 ? -1 : found + 1;
}

/** The line end before a boundary belongs to the boundary. */
function endBefore(body: Buffer, start: number, at: number): number {
  let end = at - 1;
  if (body[end - 1] === 0x0d) end--;
  return Math.max(end, start);
}
