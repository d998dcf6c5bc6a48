import {passagesIn, wordsIn} from '#events';
import {type Entity, isReport} from './entity.ts';
import {firstOf, type Head} from './head.ts';

/**
 * What kind of machine wrote a mail.
 * `bounce` a mail could not be delivered, or is late · `receipt` a mail was read or deleted · `calendar` an invitation or
 * what somebody said to one · `auto-reply` out of the office, ticket opened · `bulk` one letter to many: newsletters
 * and lists · `automatic` whatever else nobody wrote, or nobody reads the answer to.
 */
export type Machine = 'bounce' | 'receipt' | 'calendar' | 'auto-reply' | 'bulk' | 'automatic';

/** What of a mail tells who wrote it. */
export interface Written {
  readonly mail: Entity;
  /** Its subject. */
  readonly title: string | null;
  /** Whom it is from. */
  readonly address: string | null;
  readonly text: string;
}

/**
 * Which machine wrote a mail, or null: a person, as far as can be told. Answering a machine makes two machines write to
 * each other (RFC 3834, RFC 5230 §4.6), and answering a newsletter tells its sender that somebody reads it.
 */
export function machineOf(written: Written): Machine | null {
  return kinds.find(([, is]) => is(written))?.[0] ?? null;
}

/** The first that holds; where several do, it is the one that says most. */
const kinds: readonly (readonly [Machine, (written: Written) => boolean])[] = [
  ['bounce', isBounce],
  ['receipt', isReceipt],
  ['calendar', isCalendar],
  ['auto-reply', isAutoReply],
  ['bulk', isBulk],
  ['automatic', isAutomatic],
];

const daemon = /^(?:mailer-daemon|mail-daemon)@/i;
const postmaster = /^postmaster@/i;
const undelivered =
  /\b(?:undeliver\w{0,8}|deliver\w{0,3} (?:status|failure|failed|has failed|problem|incomplete)|delayed|returned mail|failure notice|mail (?:failure|error)|unzustellbar|non remis|no entregado)\b/i;

/** RFC 3464, and what programs send that are older than it. */
function isBounce({mail, title, address, text}: Written): boolean {
  if (isReport(mail, 'delivery-status')) return true;
  if (firstOf(mail.head, 'x-failed-recipients') !== null) return true;
  const isFromDaemon = daemon.test(address ?? '') || (isFromNobody(mail.head) && address === null);
  if (postmaster.test(address ?? '') && (isFromNobody(mail.head) || undelivered.test(title ?? '')))
    return true;
  return isFromDaemon || (isFromNobody(mail.head) && /^Hi\. This is the \S{1,40} program/.test(text));
}

/** RFC 8098; Outlook says it in a sentence, too. */
function isReceipt({mail, title, text}: Written): boolean {
  if (isReport(mail, 'disposition-notification')) return true;
  return readSubject.test(title ?? '') && text.length < shortText && readSentence.test(text);
}

const readSubject = /^(?:read|not read|gelesen|ungelesen|lu|le[ií]do|letto):/i;
const readSentence =
  /\b(?:was (?:read|deleted without being read)|wurde (?:am .{0,40} )?(?:gelesen|ungelesen gel[öo]scht)|a été lu|fue le[ií]do|è stato letto)\b/i;
const shortText = 1000;

/**
 * RFC 5546: what a calendar does with it, whatever is written beside. A calendar that somebody attaches is a document, and
 * nobody attaches an answer.
 */
function isCalendar({mail}: Written): boolean {
  const shown = /^(?:reply|request|cancel|counter|declinecounter|refresh|add)$/i;
  const attached = /^(?:reply|counter|declinecounter)$/i;
  return [mail, ...mail.parts, ...mail.parts.flatMap(({parts}) => parts)].some(
    ({type, typeField, disposition}) =>
      type === 'text/calendar' &&
      (disposition === 'attachment' ? attached : shown).test(typeField.parameters.get('method') ?? ''),
  );
}

function isAutoReply(written: Written): boolean {
  const {head} = written.mail;
  const submitted = submittedBy(head);
  if (submitted === 'no') return false;
  if (submitted === 'auto-replied' || submitted === 'auto-notified') return true;
  if (submitted !== undefined && firstOf(head, 'in-reply-to') !== null) return true;
  if (head.fields.some(({name, value}) => replyFields.has(name) && !/^(?:no|false|0)?$/i.test(value)))
    return true;
  if (/^auto[-_ ]?reply\b/i.test(firstOf(head, 'precedence') ?? '')) return true;
  const text = written.text.slice(0, longestText);
  // What a machine had said, a person answers.
  const note = wordsIn(text, passagesIn(text, null).own);
  // Somebody who answers a machine writes under its subject, above its words.
  return (
    (awaySubject.test(written.title ?? '') && note.length === text.length) ||
    (note.length < longestNote && awaySentence.test(note.slice(0, 600)))
  );
}

/** What a mail says of who has sent it (RFC 3834 §5), in lower case without comments. */
function submittedBy(head: Head): string | undefined {
  return /^[a-z-]+/.exec(firstOf(head, 'auto-submitted')?.toLowerCase() ?? '')?.[0];
}

/** What is looked at of a text, from its start. */
const longestText = 20_000;

/** Of Exim's and cPanel's autoresponders, Lotus, Gmail, FreshDesk and others. */
const replyFields = new Set(
  'x-autoreply x-autorespond x-autoreply-from x-auto-reply-from x-mail-autoreply x-autogenerated-reply x-vacation'.split(
    ' ',
  ),
);

const awaySubject = new RegExp(
  '^(?:(?:automatic|auto|automated)[- ]?(?:reply|response|answer)\\b|autoreply\\b|out of (?:the )?office(?:$|:| (?:auto-?|automatic )?(?:re|reply|response)\\b)' +
    '|automatische antwort\\b|abwesenheits(?:notiz|assistent|agent|meldung)\\b|abwesend:|réponse automatique\\b|absence du bureau\\b' +
    '|(?:auto-?)?respuesta autom[aá]tica\\b|fuera de (?:la )?oficina\\b|risposta automatica\\b|resposta autom[aá]tica\\b|automatisch antwoord\\b)',
  'i',
);
/** Where a machine says of its own text what it is; a person who tells of one says more besides. */
const awaySentence = new RegExp(
  '\\bthis is an? auto(?:mat(?:ic|ed|ically generated))?[- ]?(?:reply|response|acknowledge?ment|confirmation|message|e-?mail)\\b' +
    "|\\b(?:I am|I'm|I’m|I will be) (?:currently |now )?(?:out of (?:the )?office|away from (?:my desk|the office)|on (?:annual |parental |sick |maternity )?leave)\\b" +
    '|\\bich bin (?:derzeit|zurzeit|zur zeit|bis|vom|ab)\\b.{0,60}\\b(?:nicht im (?:b[üu]ro|haus)|abwesend|nicht erreichbar)\\b' +
    '|\\bdies ist eine automatisch(?:e| erstellte| generierte) (?:antwort|nachricht|e-?mail)\\b' +
    '|\\bje suis (?:actuellement )?absente?\\b|\\b(?:ceci est|il s.agit d.) ?(?:une réponse|un message|un envoi) automatique\\b' +
    '|\\b(?:estoy|estar[eé]) (?:actualmente )?fuera de (?:la )?oficina\\b|\\b[eé]ste? es un (?:mensaje|correo) autom[aá]tico\\b',
  'i',
);
/** A note about an absence is short; a letter of a person who is away is not only about that. */
const longestNote = 1500;

/** RFC 2919, RFC 2369, RFC 8058, and what senders of campaigns add. */
function isBulk({mail: {head}}: Written): boolean {
  const isMarked = /^(?:bulk|list|junk)\b/i.test(firstOf(head, 'precedence') ?? '');
  // Programs that notify one person mark their mail so, too, and say that they are programs.
  if (isMarked && (submittedBy(head) ?? 'no') === 'no') return true;
  return head.fields.some(({name, value}) => (listFields.has(name) && value !== '') || campaign.test(name));
}

const listFields = new Set(
  'list-id list-unsubscribe list-unsubscribe-post list-post list-help list-subscribe list-owner list-archive'.split(
    ' ',
  ),
);
const campaign = /^x-(?:campaign|mailchimp|mc-user|cm-campaign|mailing-?list|newsletter|bulkmail)/;

/** RFC 3834 §5; and who asks not to be answered by any machine is not answered by ours. */
function isAutomatic({mail: {head}, address, text}: Written): boolean {
  const submitted = submittedBy(head);
  if (submitted === 'no') return false;
  if (submitted !== undefined || /\ball\b/i.test(firstOf(head, 'x-auto-response-suppress') ?? ''))
    return true;
  if (isFromNobody(head) || /^(?:bulk|list|junk)\b/i.test(firstOf(head, 'precedence') ?? '')) return true;
  const answered = firstOf(head, 'reply-to') ?? address ?? '';
  // Forms on websites write from such addresses, too, and say in the text who has filled them in.
  return noReply.test(answered) && !formAddress.test(text.slice(0, longestText));
}

const noReply =
  /(?:^|[\s<._+-])(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noresponse|nao[-_.]?responda|ne[-_.]?pas[-_.]?repondre)(?:[_+-][\w.+-]{0,40})?@/i;
const formAddress =
  /(?:^|\n)[ \t>*-]{0,5}(?:your )?(?:e-?mail|mail|from|sender|absender|courriel|correo)(?: ?address)?[ \t]{0,5}[:=][^\n@]{0,100}@/i;

/** RFC 5321 §4.5.5: what comes from here is a notification, and nobody hears the answer. */
function isFromNobody(head: Head): boolean {
  return head.fields.some(({name, value}) => name === 'return-path' && /^<\s*>$/.test(value.trim()));
}
