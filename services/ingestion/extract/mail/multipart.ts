/** A line that begins with two dashes. */
interface DashedLine {
  readonly at: number;
  /** Behind the dashes, without white space at its end; cut where it is longer than any boundary. */
  readonly text: string;
  readonly next: number;
}

/** What parts a body: the text of its lines, as far as they are told apart by it. */
interface Boundary {
  readonly text: string;
  readonly written: (line: string) => string;
  /** What all its lines begin with. */
  readonly beginning: string;
}

/**
 * The parts of a multipart's body, views on it (RFC 2046 section 5.1.1); none where nothing parts it.
 *
 * A boundary may differ from the one that was declared in white space or case, or altogether: then it is the first
 * line of two dashes that a part's header follows. A part after the last one is one still, as programs take the same
 * boundary for a multipart in a multipart.
 *
 * @param declared the boundary, without the two dashes
 */
export function* partsOf(body: Buffer, declared: string | null): Generator<Buffer, void, undefined> {
  const boundary = boundaryIn(body, declared?.trimEnd() ?? '');
  if (!boundary) return;
  let start = -1;
  for (const line of dashedLines(body, boundary.beginning)) {
    const text = boundary.written(line.text);
    if (text !== boundary.text && text !== `${boundary.text}--`) continue;
    if (start !== -1) yield body.subarray(start, endBefore(body, start, line.at));
    start = text === boundary.text ? line.next : -1;
  }
  if (start !== -1 && start < body.length) yield body.subarray(start);
}

/** The boundary of a body that does not say that it is a multipart, but is one by its first lines; else null. */
export function boundaryWithin(body: Buffer): string | null {
  for (const {text, next} of dashedLines(body).take(fewLines))
    if (text !== '' && /^content-[a-z-]{1,40}[ \t]*:/i.test(body.toString('latin1', next, next + 60)))
      return text;
  return null;
}

/** In how many dashed lines a boundary is looked for that is not as it was declared. */
const fewLines = 1000;

function boundaryIn(body: Buffer, declared: string): Boundary | null {
  if (declared !== '' && declared.length < longestLine) {
    const exact = {text: declared, written: (line: string) => line, beginning: declared};
    if (dashedLines(body, declared).some(({text}) => text === declared)) return exact;
    const alike = {text: squeezed(declared), written: squeezed, beginning: ''};
    if (
      dashedLines(body)
        .take(fewLines)
        .some(({text}) => squeezed(text) === alike.text)
    )
      return alike;
  }
  const found = boundaryWithin(body);
  return found === null ? null : {text: found, written: (line) => line, beginning: found};
}

function squeezed(text: string): string {
  return text.replaceAll(/\s/g, '').toLowerCase();
}

/** A boundary has up to 70 characters; some programs don't count. */
const longestLine = 1000;

function* dashedLines(body: Buffer, beginning = ''): Generator<DashedLine, void, undefined> {
  const marked = Buffer.from(`\n--${beginning}`, 'latin1');
  const isFirst = body.subarray(0, marked.length - 1).equals(marked.subarray(1));
  let at = isFirst ? 0 : after(body, marked, 0);
  while (at !== -1) {
    const newline = body.indexOf(0x0a, at);
    const end = newline === -1 ? body.length : newline;
    const text = body.toString('latin1', at + 2, Math.min(end, at + longestLine + 10)).trimEnd();
    yield {at, text, next: newline === -1 ? body.length : newline + 1};
    at = newline === -1 ? -1 : after(body, marked, newline);
  }
}

function after(body: Buffer, marked: Buffer, from: number): number {
  const found = body.indexOf(marked, from);
  return found === -1 ? -1 : found + 1;
}

/** The line end before a boundary belongs to the boundary. */
function endBefore(body: Buffer, start: number, at: number): number {
  let end = at - 1;
  if (body[end - 1] === 0x0d) end--;
  return Math.max(end, start);
}
