import {
  beginsIntroduction,
  belowLetter,
  isAboveAnswered,
  isAboveHandedOn,
  isField,
  isHandedOn,
  isIntroduction,
  isQuoted,
  isWriterField,
} from './marks.ts';

/** A passage of a text, in UTF-16 units: its first, and the one after its last. */
export interface Passage {
  readonly from: number;
  readonly to: number;
}

/** Whose words a letter's are. */
export interface Passages {
  /**
   * What its writer says in it, without what others have said before: quotes, the letter that is answered, signatures,
   * notices of confidentiality, and the lines that programs and lists put below. A letter that is handed on is what it is
   * about, so it stays. Where nothing is left, it is all of the text.
   */
  readonly own: Passage[];
  /** What its writer wrote and how they signed: where their name stands. A letter that is handed on is signed by others. */
  readonly signed: Passage[];
}

/**
 * Finds whose words a letter's are, by how programs and people mark those of others.
 *
 * @param subject of a mail, which says whether a letter is handed on
 */
export function passagesIn(text: string, subject: string | null): Passages {
  const own: Passage[] = [];
  const signed: Passage[] = [];
  let below: 'signature' | 'notice' | undefined;
  let isAllTold = isHandedOn(subject ?? '');
  for (let line = lineAt(text, 0); line !== undefined; line = lineAt(text, line.to)) {
    const said = saidBy(text, line);
    if (said === 'handed-on') isAllTold = true;
    if (said === 'handed-on' || said === 'answered') break;
    // A blank line ends what stands below a letter, and whoever writes below that is heard again.
    if (said === 'nobody') below = undefined;
    else if (said === 'signature' || said === 'notice') below = said;
    if (said === 'another') continue;
    if (below === undefined) add(own, line);
    if (below !== 'notice') add(signed, line);
  }
  const isSaying = own.some((passage) => /\p{L}/u.test(text.slice(passage.from, passage.to)));
  return {own: isSaying && !isAllTold ? own : [{from: 0, to: text.length}], signed};
}

/** The words of some passages of a text. */
export function wordsIn(text: string, passages: readonly Passage[]): string {
  return passages.map(({from, to}) => text.slice(from, to)).join('');
}

/** Passages that touch are one. */
function add(passages: {from: number; to: number}[], {from, to}: Passage): void {
  const last = passages.at(-1);
  if (last?.to === from) last.to = to;
  else passages.push({from, to});
}

/** A line with its line feed; a sentence that introduces another letter is one, where a program has wrapped it. */
interface Line extends Passage {
  /** Without it. */
  readonly line: string;
}

function lineAt(text: string, from: number): Line | undefined {
  const line = writtenLineAt(text, from);
  if (line === undefined || !beginsIntroduction(line.line)) return line;
  const next = writtenLineAt(text, line.to);
  const sentence = `${line.line} ${next?.line ?? ''}`;
  return next !== undefined && isIntroduction(sentence) ? {line: sentence, from, to: next.to} : line;
}

function writtenLineAt(text: string, from: number): Line | undefined {
  if (from >= text.length) return undefined;
  const end = text.indexOf('\n', from);
  return end === -1
    ? {line: text.slice(from), from, to: text.length}
    : {line: text.slice(from, end), from, to: end + 1};
}

/** Lines below another one that are looked at to tell what follows it. */
const outlook = 6;

function linesBelow(text: string, {to}: Passage): string[] {
  const lines: string[] = [];
  for (
    let line = lineAt(text, to);
    line !== undefined && lines.length < outlook;
    line = lineAt(text, line.to)
  )
    lines.push(line.line);
  return lines;
}

/**
 * What a line is, or what begins with it: nobody's words, a quote or what introduces one, what stands below a letter, the
 * letter that is answered or handed on. Undefined: what its writer says.
 */
type Said = 'nobody' | 'another' | 'signature' | 'notice' | 'answered' | 'handed-on' | undefined;

function saidBy(text: string, line: Line): Said {
  if (line.line.trim() === '') return 'nobody';
  if (isQuoted(line.line)) return 'another';
  if (isAboveHandedOn(line.line)) return 'handed-on';
  if (isAboveAnswered(line.line) || isHeader(text, line)) return 'answered';
  if (!isIntroduction(line.line)) return belowLetter(line.line);
  return linesBelow(text, line).some(isQuoted) ? 'another' : 'answered';
}

/** Two fields in a row are the header of a letter, where one tells who wrote it. */
function isHeader(text: string, line: Line): boolean {
  if (!isField(line.line)) return false;
  const below = linesBelow(text, line);
  const next = below.find((other) => other.trim() !== '');
  return next !== undefined && isField(next) && [line.line, ...below].some(isWriterField);
}
