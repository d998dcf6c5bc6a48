/** A line of a text. */
export interface Line {
  readonly text: string;
  /** Where it begins in the text. */
  readonly from: number;
}

const wrote =
  '(?<!\\p{L})(?:wrote|writes|said|says|states|reads|replied|schrieb|écrit|escribió|scritto|schreef|escreveu|napisał|napisała)(?!\\p{L})';

/** Above a mail that is forwarded or answered: from there on the words are somebody else's. */
const others = new RegExp(
  `^[ \\t>*_]{0,10}(?:${[
    "-{2,20} ?(?:original message|forwarded (?:message|by)|ursprüngliche nachricht|weitergeleitete nachricht|message (?:d'origine|original|transféré)|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht|wiadomość oryginalna|mensagem (?:original|encaminhada))",
    'begin forwarded message',
    '(?:from|von|de|da|van|od|expéditeur)\\s?:[^\\n]{1,200}\\n{1,2}[ \\t>*_]{0,10}(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|objet|enviado|fecha|para|asunto|inviato|data|oggetto|verzonden|onderwerp|wysłano|temat|assunto|à|a|aan|do)\\s?:',
    `(?:on|am|le|el|il|op|em|dnia|w dniu) [^\\n]{4,200}(?:\\n[^\\n]{0,100})?${wrote}[^\\n:]{0,80}:[ \\t]{0,5}\\n\\s{0,5}(?!>|\\s)`,
  ].join('|')})`,
  'imu',
);

/** Above a letter or mail that is quoted: "On Monday, Anna Example wrote:". */
const quoting = new RegExp(`^[^\\n]{0,200}${wrote}[^\\n:]{0,80}:[ \\t]{0,5}$`, 'imu');

/** Characters at either end of a text in which the words of others are looked for. */
const longest = 20_000;

/** How far a text is its sender's own: to the first mail that is forwarded or answered in it. */
export function endOfOwnWords(text: string): number {
  const first = others.exec(text.slice(0, longest))?.index;
  if (first !== undefined || text.length <= longest) return first ?? text.length;
  const start = text.lastIndexOf('\n', Math.max(longest, text.length - longest)) + 1;
  return start + (others.exec(text.slice(start))?.index ?? text.length - start);
}

/** Where a text begins to quote another, as far as it tells. */
export function startOfQuote(text: string): number | undefined {
  return quoting.exec(text)?.index;
}

/** The lines of a text that have words, but those that are marked as quoted. */
export function ownLines(text: string, offset: number): Line[] {
  const lines: Line[] = [];
  let from = offset;
  for (const line of text.split('\n')) {
    if (/\S/.test(line) && !/^[ \t]{0,20}[>|]/.test(line)) lines.push({text: line, from});
    from += line.length + 1;
  }
  return lines;
}

const greeting =
  /^[ \t]{0,20}(?:dear|hi|hello|hey|to|attn|attention|good (?:morning|afternoon|evening|day)|sehr geehrter?|liebe[rs]?|hallo|guten tag|bonjour|ch[eè]re?|estimad[oa]s?|hola|querid[oa]|gentile|car[oa]|egregio|buongiorno|prezad[oa]|beste|geachte|szanown[yai]|drog[ia])[ .:,][ \t]{0,5}(?![^\n]{0,20}\b(?:name is|i am|i'm|this is)\b)([^\n]{1,80})/gim;

/** The words of the lines that greet, of the first ten: whoever is greeted has not written. */
export function greetedIn(text: string): string {
  return [...text.matchAll(greeting).take(10)].map(([, name = '']) => name).join('\n');
}
