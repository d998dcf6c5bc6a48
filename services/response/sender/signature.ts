import {startOfRecital} from '#events';
import {type Line, linesOf} from './lines.ts';
import {type PersonName, readPersonName} from './person-name.ts';

/** A name that somebody signed with. */
export interface Signature {
  readonly person: PersonName;
  /** Where the name stands in the text. */
  readonly from: number;
  readonly to: number;
  /** It stands under words that close a letter: without them, a name at the end may be anybody's. */
  readonly isClosed: boolean;
}

/** Characters at the end of a text in which a signature is looked for. */
const tail = 3000;

/** Words that close a letter in the languages that letters come in; nothing else stands in their line. */
const formulas = [
  '(?:yours?|very)? ?(?:most )?(?:sincerely|faithfully|truly|respectfully|cordially|gratefully|warmly)(?: (?:yours|submitted))?',
  '(?:with )?(?:my |our )?(?:best|kind|kindest|warm|warmest|many)?,? ?(?:regards|wishes|thanks|rgds)(?: and (?:best |kind )?(?:regards|thanks))?',
  '(?:all the )?best|cheers|take care|signed|thanks?(?: you)?|thx|ty|tia|love|blessings|peace|yours',
  '(?:mit )?(?:freundlichen?|besten?|herzlichen?|lieben?|vielen?|schönen?) (?:grü(?:ß|ss)en?|dank)|hochachtungsvoll|gruß|grüße|mfg|lg|vg|danke',
  '(?:bien |très )?(?:cordialement|sincèrement|respectueusement)|(?:meilleures|sincères) salutations|salutations(?: distinguées)?|merci(?: (?:d.avance|beaucoup))?',
  '(?:(?:un )?(?:cordial|cordiales|atento|atentos|muchos|un) )?saludos?(?: cordiales)?|(?:muy )?atentamente|gracias(?: de antemano)?|muchas gracias|cordialmente',
  '(?:distinti|cordiali) saluti|saluti|cordialità|grazie(?: mille)?',
  '(?:atenciosamente|respeitosamente|cumprimentos|(?:com os )?melhores cumprimentos|obrigad[oa]|abraços)',
  '(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|hoogachtend|groet(?:en|jes)?|mvg|bedankt|alvast bedankt',
  '(?:z )?(?:poważaniem|wyrazami szacunku)|pozdrawiam(?: serdecznie)?|(?:serdecznie )?dziękuję',
  'с уважением|с наилучшими пожеланиями|спасибо',
].join('|');
const formula = new RegExp(
  `^\\W{0,6}(?:${formulas})(?:,? (?:and|und|e|y|et|en|i) (?:${formulas}))?(?!\\p{L})`,
  'iu',
);
/** Thanks in several words: "Thank you so much for looking into it,". */
const thanks =
  /^\W{0,6}(?:many )?(?:thanks?|thank you|gracias|merci|danke|vielen dank|obrigad[oa]|grazie|i appreciate|looking forward|i look forward|in advance)\b.{0,90}$/iu;
/** Before a name that stands in a line of its own: a dash, "/s/", "Signed:". */
const mark =
  /^(?:[-–—~*_]{1,3}|\/s\/|signed(?: by)?:?|signature:|gez\.|i\. ?[av]\.|ppa\.|per:|by:)[ \t]{0,5}(?=\p{L})/iu;

/**
 * The last signature in a text: a name of a person under words that close it, or after a mark, or in the last lines
 * with nothing but what people add to their names below.
 *
 * @param text As far as it is its sender's own.
 */
export function findSignature(text: string): Signature | undefined {
  const start = Math.max(0, text.length - tail);
  const lines = linesOf(text.slice(start), start);
  const signature = underFormula(lines) ?? atTheEnd(lines);
  const recital = startOfRecital(text.slice(start));
  if (signature === undefined || recital === undefined || signature.from < start + recital) return signature;
  // What is told is signed, too. Below the last words of that there is more to read.
  return isLast(lines, signature.to) ? signature : undefined;
}

function underFormula(lines: readonly Line[]): Signature | undefined {
  for (const [index, line] of [...lines.entries()].reverse()) {
    const [closing] = formula.exec(line.text) ?? [];
    if (closing !== undefined) {
      const beside = line.text.slice(closing.length);
      const own = /^[\s,.!;:–—-]*$/u.test(beside)
        ? inLine(lines[index + 1], true)
        : inLine({text: beside, from: line.from + closing.length}, true);
      if (own !== undefined) return own;
    }
    if (thanks.test(line.text)) {
      const below = inLine(lines[index + 1], true);
      if (below !== undefined && below.person.evidence !== 'likely') return below;
      if (below?.person.words.length === 1) return below;
    }
  }
  return inLastSentence(lines.at(-1));
}

const lastSentence =
  /(?:^|[.!?]\s{1,3})(?:many thanks|thanks|thank you|regards|(?:best|kind) regards|sincerely|cheers)[\s,.!–—-]{1,4}(\p{Lu}[^.!?]{1,40})[.!]?$/iu;

/** "… and send it back. Thanks, Anna Example". */
function inLastSentence(line: Line | undefined): Signature | undefined {
  const end = line?.text.trimEnd().slice(-200) ?? '';
  const [, name] = lastSentence.exec(end) ?? [];
  if (line === undefined || name === undefined) return undefined;
  return inLine({text: name, from: line.from + line.text.lastIndexOf(name)}, true);
}

const introducing =
  /:\s*$|\b(?:attorney|lawyer|cc|bcc|witness(?:es)?|attn|attention|payable|contact|c\/o)\b/i;
/** Below a name: places, numbers and addresses, and what somebody is by profession. */
const addition = /^.{0,60}$/u;
const lastLines = 8;

function atTheEnd(lines: readonly Line[]): Signature | undefined {
  const first = Math.max(1, lines.length - lastLines);
  for (let index = lines.length - 1; index >= first; index--) {
    const line = lines[index];
    const above = lines[index - 1];
    if (line === undefined || above === undefined) continue;
    const isMarked = mark.test(line.text.trim()) || /^[-–—_=*\s]{1,40}$/u.test(above.text);
    // A paragraph ends above a signature.
    const isApart = above.from + above.text.length + 1 < line.from || isMarked;
    if (!isApart || introducing.test(above.text)) continue;
    if (!lines.slice(index + 1).every(({text}) => addition.test(text.trim()))) continue;
    const found = inLine(line, isMarked);
    if (found !== undefined && (isMarked || found.person.words.length > 1)) return found;
  }
  return undefined;
}

/** The name that a line is, or begins with before its holder's profession. */
function inLine(line: Line | undefined, isClosed: boolean): Signature | undefined {
  if (line === undefined || line.text.length > 120) return undefined;
  const lead = /^[\s,.!;:–—-]*/u.exec(line.text)?.[0].length ?? 0;
  const marked = mark.exec(line.text.slice(lead))?.[0].length ?? 0;
  const begin = lead + marked;
  const written =
    line.text
      .slice(begin)
      .split(/\s+(?:\||[–—-])\s+|\t| {3,}/u)[0]
      ?.trim() ?? '';
  const shown = written.replace(/[,.;!]+$/, (signs) => (/(?:\b[a-z]|jr|sr)\.$/i.test(written) ? signs : ''));
  const person = readPersonName(shown);
  if (person === undefined) return undefined;
  return {person, from: line.from + begin, to: line.from + begin + shown.length, isClosed};
}

function isLast(lines: readonly Line[], end: number): boolean {
  return lines
    .filter(({from}) => from >= end)
    .every(({text}) => addition.test(text.trim()) && !/[.!?]$/.test(text));
}
