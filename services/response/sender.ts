import type {Content} from '#events';

/** The name of whoever wrote, and where it stands in the text; null where it comes from a mail's header. */
export interface Sender {
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Who wrote a document: as the mail says, else as the letter is signed, else as it says of itself. Undefined
 * when nothing that looks like a person's name stands there: a wrong name is worse than none.
 */
export function findSender({sender, text}: Pick<Content, 'sender' | 'text'>): Sender | undefined {
  const declared = personIn(sender?.name ?? '');
  if (declared !== undefined) return {name: declared, from: null, to: null};
  return signatureOf(text) ?? introductionOf(text);
}

const longestName = 60;

/** Letters, and dots after them: no figures, no addresses, nothing that a reader could take for a link. */
const word = "\\p{L}[\\p{L}\\p{M}'’-]{0,29}\\.?";
const person = new RegExp(`^${word}(?: ${word}){0,4}$`, 'u');
const mailbox = /\b(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|unknown)\b/i;
/** What some public collections put in a name's place. */
const redacted = /\bx{2,}\b/i;

function personIn(declared: string): string | undefined {
  const plain = declared
    .slice(0, 200)
    .normalize('NFC')
    .replaceAll(/[\s"]+/g, ' ')
    .trim();
  const name = plain.replace(/^([^,]+), ([^,]+)$/, '$2 $1');
  if (name.length > longestName || !person.test(name)) return undefined;
  return mailbox.test(name) || redacted.test(name) ? undefined : name;
}

const closing =
  /(?:^|\n)[ \t]{0,20}(?:yours?[ ](?:sincerely|faithfully|truly)|sincerely(?:[ ]yours)?|(?:best|kind|warm)[ ]regards|regards|respectfully(?:[ ]yours)?|thanks|thank[ ]you|many[ ]thanks|cordially)[,.!]?[ \t\r\n]{1,8}([^\r\n]{2,80})/dgi;
const capitalised = "\\p{Lu}(?:\\.|[\\p{L}\\p{M}'’-]{1,29}\\.?)";
const fullName = new RegExp(`^${capitalised}(?: ${capitalised}){1,3}$`, 'u');
/** Characters at the end of a text in which a signature is looked for. */
const tail = 3000;

/** The full name under the last formula that closes a letter. */
function signatureOf(text: string): Sender | undefined {
  const start = Math.max(0, text.length - tail);
  const signatures = [...text.slice(start).matchAll(closing)].map((match) => {
    const line = match[1] ?? '';
    return {name: line.trim(), from: start + (match.indices?.[1]?.[0] ?? 0) + line.search(/\S/)};
  });
  const last = signatures.findLast(({name}) => fullName.test(name) && personIn(name) !== undefined);
  return last && {...last, to: last.from + last.name.length};
}

const introduction = /\b[Mm]y name is (\p{Lu}\p{Ll}{1,29}(?: \p{Lu}[\p{Ll}'’-]{1,29}){1,2})(?!\p{L})/du;

function introductionOf(text: string): Sender | undefined {
  const match = introduction.exec(text.slice(0, tail));
  const [from, to] = match?.indices?.[1] ?? [];
  const name = personIn(match?.[1] ?? '');
  return name === undefined || from === undefined || to === undefined ? undefined : {name, from, to};
}
