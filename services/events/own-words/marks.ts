/** Lines that tell whose words follow, as programs for mail and people write them in the languages they are used in most. */

const rule = '^[ \\t>*_-]{0,10}[-_]{2,40} ?';

const answered = new RegExp(
  `${rule}(?:original message|ursprüngliche nachricht|message (?:d'origine|original)|mensaje original|messaggio originale|oorspronkelijk bericht|wiadomość oryginalna|mensagem original)(?!\\p{L}).{0,200}$`,
  'iu',
);
const handedOn = new RegExp(
  `${rule}(?:forwarded (?:message|by)|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|wiadomość przekazana|mensagem encaminhada)(?!\\p{L}).{0,200}$|^[ \\t>*_]{0,10}begin forwarded message:`,
  'iu',
);
const handedOnSubject = /^\W{0,3}(?:fwd?|wg|tr|rv|enc|doorst|i|vs|pd)\s?:/i;

/** Above a letter that is answered. */
export function isAboveAnswered(line: string): boolean {
  return answered.test(line);
}

/** Above a letter that is handed on. */
export function isAboveHandedOn(line: string): boolean {
  return handedOn.test(line);
}

/** As the subject of a mail says that a letter is handed on in it. */
export function isHandedOn(subject: string): boolean {
  return handedOnSubject.test(subject);
}

const writer = '(?:from|von|de|da|van|od|expéditeur)';
const other =
  '(?:sent|to|cc|subject|date|gesendet|an|betreff|datum|envoyé|à|a|objet|enviado(?: el)?|para|asunto|fecha|inviato|data|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|assunto)';
const writerField = new RegExp(`^[ \\t*_]{0,10}${writer}\\s?:\\*? ?\\S`, 'iu');
const field = new RegExp(`^[ \\t*_]{0,10}(?:${writer}|${other})\\s?:\\*?(?: ?\\S|$)`, 'iu');

/** A field of the header of a letter, as Outlook and others repeat it above that. */
export function isField(line: string): boolean {
  return field.test(line);
}

/** The field that says who wrote a letter. */
export function isWriterField(line: string): boolean {
  return writerField.test(line);
}

const beginning = '^[ \\t*_]{0,10}(?:on|am|le|el|il|em|op|den|dnia|w dniu)\\s';
const beginningOnly = new RegExp(`${beginning}(?!.*:\\s{0,5}$)`, 'iu');
const introduction = new RegExp(
  `${beginning}.{4,300}(?<!\\p{L})(?:wrote|schrieb.{0,60}|écrit|escribió|escreveu|schreef.{0,60}|scritto|skrev.{0,60}|napisał.{0,10})\\s?:\\s{0,5}$`,
  'iu',
);

/** A sentence that introduces the letter below it, as programs write it: "On Monday, Anna Example wrote:". */
export function isIntroduction(line: string): boolean {
  return introduction.test(line);
}

/** Where such a sentence may begin that ends in the next line. */
export function beginsIntroduction(line: string): boolean {
  return line.length < 300 && beginningOnly.test(line);
}

/** A line that is marked as somebody else's. */
export function isQuoted(line: string): boolean {
  return /^[ \t]{0,20}>/.test(line);
}

const device =
  /^(?:sent from (?:my|yahoo|outlook|mail)|get outlook for|von meinem .{2,30} gesendet|envoyé de mon|enviado desde mi|verstuurd vanaf mijn|inviato da)\b/i;

/** Notices of confidentiality, as lawyers have firms write them below every mail. */
const notice =
  /^\W{0,5}(?:(?:confidentiality|legal|privacy|important) (?:notice|note|disclaimer)\b|disclaimer\b|this (?:e-?mail|message|communication|transmission)(?: message)?(?:,|\s)(?: ?and|including|together| ?is| ?may| ?contains| ?\(|.{0,40}(?:confidential|privileged|intended (?:only|solely)))|the information (?:contained )?in this (?:e-?mail|message|communication)\b|(?:please )?consider the environment before printing|diese (?:e-?mail|nachricht) (?:enthält|ist|kann).{0,80}vertraulich|ce (?:message|courriel|mail).{0,60}confidentiel|este (?:mensaje|correo).{0,60}confidencial)/i;

/** What begins with a line and stands below a letter: how its writer signs, or what others have written there for all. */
export function belowLetter(line: string): 'signature' | 'notice' | undefined {
  if (line === '-- ' || line === '--' || /^_{20,}$/.test(line)) return 'signature';
  return device.test(line) || notice.test(line) ? 'notice' : undefined;
}

const recital =
  /^[^\n]{0,200}(?<!\p{L})(?:wrote|writes|said|says|states|reads|replied|schrieb|écrit|escribió|scritto|schreef|escreveu|napisał|napisała)(?!\p{L})[^\n:]{0,80}:[ \t]{0,5}$/imu;

/** Where a text begins to tell what somebody else wrote, without marks that say where it ends. */
export function startOfRecital(text: string): number | undefined {
  return recital.exec(text)?.index;
}
