/** A passage of a text, in UTF-16 units: its first, and the one after its last. */
export interface Passage {
  readonly from: number;
  readonly to: number;
}

/**
 * What the writer of a mail says in it, without what others have said before: quotes, the letter that is answered,
 * signatures, notices of confidentiality, and the lines that programs and lists put below. A letter that is handed on is
 * what the mail is about, so it stays. Where nothing is left, it is all of the text.
 *
 * @param title the subject, which says whether a letter is handed on
 */
export function ownWords(text: string, title: string | null): Passage[] {
  if (handedOn.test(title ?? '') || handedOnBelow.test(text)) return [{from: 0, to: text.length}];
  const passages: Passage[] = [];
  const lines = linesOf(text);
  let isOther = false;
  for (const [place, {line, from, to}] of lines.entries()) {
    if (endsOwnWords(lines, place)) break;
    if (beginsAside(line)) isOther = true;
    // A blank line ends what stands below a letter, and whoever writes below that is heard again.
    else if (line.trim() === '') isOther = false;
    if (isOther || isQuoted(line, lines[place + 1]?.line)) continue;
    const last = passages.at(-1);
    if (last !== undefined && last.to === from) passages[passages.length - 1] = {from: last.from, to};
    else passages.push({from, to});
  }
  const isSaying = passages.some((passage) => /\p{L}/u.test(text.slice(passage.from, passage.to)));
  return isSaying ? passages : [{from: 0, to: text.length}];
}

const handedOn = /^\W{0,3}(?:fwd?|wg|tr|rv|enc|doorst|i|vs|pd)\s?:/i;
const handedOnBelow =
  /^(?:[-_]{2,20} ?(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado)\b.{0,40}|begin forwarded message:)$/im;

/** The words of some passages of a text. */
export function wordsIn(text: string, passages: readonly Passage[]): string {
  return passages.map(({from, to}) => text.slice(from, to)).join('');
}

interface Line extends Passage {
  readonly line: string;
}

/** Each with its line feed. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end + 1;
    lines.push({line: text.slice(from, end === -1 ? to : end), from, to});
    from = to;
  }
  return lines;
}

/** A quoted line, or the one above that says whose words these are. */
function isQuoted(line: string, next: string | undefined): boolean {
  return line.startsWith('>') || (next?.startsWith('>') === true && introduction.test(line));
}

/** As programs introduce the letter that is answered, in the languages that they are used in most. */
const introduction =
  /^(?:on|am|le|el|em|op|il|den|w dniu)\b.{4,200}\b(?:wrote|schrieb.{0,60}|a écrit|escribió|escreveu|schreef.{0,60}|ha scritto|skrev.{0,60}|napisał.{0,10})\s?:\s*$/i;

/** Whether from here on all of it is another letter. */
function endsOwnWords(lines: readonly Line[], place: number): boolean {
  const line = lines[place]?.line ?? '';
  if (separator.test(line)) return true;
  const after = lines.slice(place + 1, place + 7).map((other) => other.line);
  if (introduction.test(line))
    return after.every((other) => !other.startsWith('>')) && hasWordsBefore(lines, place);
  return (
    headerLine.test(line) &&
    hasWordsBefore(lines, place) &&
    after.filter((other) => headerLine.test(other)).length >= 1
  );
}

const separator =
  /^[-_\s]{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|oorspronkelijk bericht)\b.{0,40}$/i;

/** The header of a letter, as Outlook and others repeat it above that. */
const headerLine =
  /^\*?(?:from|sent|to|cc|subject|date|von|gesendet|an|betreff|datum|de|envoyé|à|objet|enviado(?: el)?|para|asunto|fecha)\s?:\*? \S/i;

function hasWordsBefore(lines: readonly Line[], place: number): boolean {
  return lines
    .slice(Math.max(0, place - 40), place)
    .some(({line}) => /\p{L}/u.test(line) && !line.startsWith('>'));
}

/** What stands below a letter up to the next blank line. */
function beginsAside(line: string): boolean {
  return line === '-- ' || line === '--' || /^_{20,}$/.test(line) || device.test(line) || notice.test(line);
}

const device =
  /^(?:sent from (?:my|yahoo|outlook|mail)|get outlook for|von meinem .{2,30} gesendet|envoyé de mon|enviado desde mi|verstuurd vanaf mijn|inviato da)\b/i;

/** Notices of confidentiality, as lawyers have firms write them below every mail. */
const notice =
  /^\W{0,5}(?:(?:confidentiality|legal|privacy|important) (?:notice|note|disclaimer)\b|disclaimer\b|this (?:e-?mail|message|communication|transmission)(?: message)?(?:,|\s)(?: ?and|including|together| ?is| ?may| ?contains| ?\(|.{0,40}(?:confidential|privileged|intended (?:only|solely)))|the information (?:contained )?in this (?:e-?mail|message|communication)\b|(?:please )?consider the environment before printing|diese (?:e-?mail|nachricht) (?:enthält|ist|kann).{0,80}vertraulich|ce (?:message|courriel|mail).{0,60}confidentiel|este (?:mensaje|correo).{0,60}confidencial)/i;
