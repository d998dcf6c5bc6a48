import {type Answer, type Content, ownWordsOf} from '#events';
import {findFields} from './fields.ts';
import {amountsSaid, daysSaid, isSaid, type Mentions, mentionsIn, numberSaid, toldValue} from './mentions.ts';
import {phrasesIn} from './phrases.ts';
import {prefaceIn} from './preface.ts';
import {findSender, type Sender} from './sender.ts';
import type {Letter, Templates} from './templates.ts';

/** What a letter is asked for. */
export interface LetterRequest {
  /** As routing named it. */
  readonly template: string;
  /** Null: unclassified. */
  readonly category: string | null;
  readonly content: Content;
  /** What came with it, such as what is attached to a mail. (Default: nothing) */
  readonly enclosed?: readonly Content[];
  /** Of the document, ISO 639-1; null where it is not known. */
  readonly language: string | null;
  /** The number of its case, by which an answer to the letter finds it. (Default: none is known) */
  readonly caseNumber?: string | undefined;
  /** What letters in a language are signed with; null: as they are by themselves. (Default: null) */
  readonly signedIn?: (language: string) => string | null;
}

/** An answer, and how far it can be trusted. */
export interface Draft {
  readonly answer: Answer;
  /** What the letter asks for because the document does not say it. */
  readonly missing: string[];
  /** Nothing is known about the document, something is missing, or it is written in another language. */
  readonly needsReview: boolean;
  /** The letter, with its language where it is not in English. */
  readonly generator: {readonly template: string; readonly version: string};
}

/**
 * Drafts an answer: the letter that was asked for, in the document's language where there is one, else in English
 * with a word about that. Nothing of a document gets into it but what the pattern of a field or a name has matched:
 * visible characters of one line, 60 at most.
 */
export function draft(templates: Templates, request: LetterRequest): Draft {
  const {template, category, content, enclosed = [], language, caseNumber} = request;
  const {signedIn = () => null} = request;
  const inEnglish = letterFor(templates, template);
  const letter = inEnglish.translations.get(language ?? 'en') ?? inEnglish;
  const sender = findSender(content);
  const mentions = mentionsIn(
    findFields(ownWordsOf(content), [content.title ?? '', ...enclosed.map(ownWordsOf)]),
    template,
  );
  const missing = [...letter.asks.keys()].filter((name) => !isSaid(name, mentions));
  const {subject, body} = writeLetter(letter, {
    mentions,
    missing,
    sender,
    organization: signedIn(letter.language),
  });
  const preface = isEnglish(language) || letter !== inEnglish ? '' : `${prefaceIn(language)}\n\n`;
  return {
    answer: {
      subject: withNumber(subject, caseNumber),
      body: `${preface}${body}`,
      fields: fieldsUsed(letter, mentions, sender),
    },
    missing,
    needsReview: category === null || missing.length > 0 || !isEnglish(language),
    generator: {template: letter.name, version: letter.version},
  };
}

/** As most programs that answer mails keep a subject, it brings the number back. */
function withNumber(subject: string, caseNumber: string | undefined): string {
  return caseNumber === undefined ? subject : `${subject} [${caseNumber}]`;
}

/** @throws Error when there is no such letter: rules of another version name it, and another letter is no answer. */
function letterFor(templates: Templates, template: string): Letter {
  const letter = templates.get(template);
  if (letter !== undefined) return letter;
  throw new Error(`Expected one of the templates ${[...templates.keys()].join(', ')}, got \`${template}\`.`);
}

/** Most letters are; of a text too short to tell, nothing says that it is not. */
function isEnglish(language: string | null): language is 'en' | null {
  return language === null || language === 'en';
}

interface Filling {
  readonly mentions: Mentions;
  readonly missing: Draft['missing'];
  readonly sender: Sender | undefined;
  readonly organization: string | null;
}

function writeLetter(letter: Letter, filling: Filling): {subject: string; body: string} {
  const {mentions, missing, sender, organization} = filling;
  const {language} = letter;
  const phrases = phrasesIn(language);
  const {reference, amount, date, deadline} = mentions;
  const asks: ReadonlyMap<string, string> = letter.asks;
  return letter.write({
    sender: sender?.name ?? phrases.nobody,
    reference: reference.map((number) => numberSaid(number, phrases))[0] ?? null,
    amount: amountsSaid(amount, language, phrases),
    date: daysSaid(date, language, phrases),
    deadline: daysSaid(deadline, language, phrases),
    missing: missing.map((name) => asks.get(name) ?? name),
    organization,
  });
}

function fieldsUsed({uses}: Letter, mentions: Mentions, sender: Sender | undefined): Answer['fields'] {
  const {reference, amount, date, deadline} = mentions;
  const used = Object.entries({reference, amount, date, deadline}).flatMap(([name, fields]) =>
    uses.has(name) ? fields : [],
  );
  const fields = used.map((field) => ({
    name: field.name,
    value: toldValue(field),
    from: field.from,
    to: field.to,
  }));
  if (sender === undefined || !uses.has('sender')) return fields;
  return [{name: 'sender', value: sender.name, from: sender.from, to: sender.to}, ...fields];
}
