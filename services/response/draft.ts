import type {Answer, Content} from '#events';
import {type Field, type FieldName, findFields} from './fields.ts';
import {findSender, type Sender} from './sender.ts';
import type {Askable} from './template-head.ts';
import type {Letter, Templates} from './templates.ts';

/** What a letter is asked for. */
export interface LetterRequest {
  /** As routing named it. */
  readonly template: string;
  /** Null: unclassified. */
  readonly category: string | null;
  readonly content: Content;
  /** Of the document, ISO 639-1; null where it is not known. */
  readonly language: string | null;
}

/** An answer, and how far it can be trusted. */
export interface Draft {
  readonly answer: Answer;
  /** What the letter asks for because the document does not say it. */
  readonly missing: string[];
  /** Nothing is known about the document, something is missing, or it is written in another language. */
  readonly needsReview: boolean;
  readonly generator: {readonly template: string; readonly version: string};
}

/**
 * Drafts an answer in English: the letter that was asked for. Nothing of a document gets into it but what the pattern of a field or a name has matched: visible characters of one
 * line, 60 at most.
 */
export function draft(templates: Templates, {template, category, content, language}: LetterRequest): Draft {
  const letter = letterFor(templates, template);
  const sender = findSender(content);
  const mentioned = mentionsIn(findFields(content.text));
  const missing = [...letter.asks.keys()].filter((name) => mentioned[name].length === 0);
  const written = letter.write({
    sender: sender?.name ?? 'Sir or Madam',
    reference: mentioned.reference.map(nameOfReference)[0] ?? null,
    amount: listed(mentioned.amount),
    date: listed(mentioned.date),
    missing: missing.map((name) => letter.asks.get(name) ?? name),
  });
  return {
    answer: {...written, fields: fieldsUsed(letter, mentioned, sender)},
    missing,
    needsReview: category === null || missing.length > 0 || !isEnglish(language),
    generator: {template: letter.name, version: letter.version},
  };
}

/** @throws Error when there is no such letter: rules of another version name it, and another letter is no answer. */
function letterFor(templates: Templates, template: string): Letter {
  const letter = templates.get(template);
  if (letter !== undefined) return letter;
  throw new Error(`Expected one of the templates ${[...templates.keys()].join(', ')}, got \`${template}\`.`);
}

/** The letters are; of a text too short to tell, nothing says that it is not. */
function isEnglish(language: string | null): boolean {
  return language === null || language === 'en';
}

/** The fields that stand for each thing a letter can mention or ask for. */
type Mentions = Readonly<Record<Askable, readonly Field[]>>;

function mentionsIn(found: readonly Field[]): Mentions {
  const {
    account = [],
    loan = [],
    reference = [],
    invoice = [],
    iban = [],
    amount,
    date,
  } = Object.groupBy(found, ({name}) => name);
  return {
    // One is enough to find a case by: the most telling.
    reference: [...account, ...loan, ...reference, ...invoice, ...iban].slice(0, 1),
    amount: firstFew(amount),
    date: firstFew(date),
  };
}

/** The first three that differ: more would be a list and no sentence. */
function firstFew(fields: readonly Field[] = []): Field[] {
  const byValue = Map.groupBy(fields, ({value}) => value);
  return [...byValue.values()].flatMap((same) => same.slice(0, 1)).slice(0, 3);
}

const referenceNames: Readonly<Partial<Record<FieldName, string>>> = {
  account: 'account number',
  loan: 'loan number',
  invoice: 'invoice number',
  iban: 'IBAN',
};

/** Of a long number its end alone: a letter may be read by others. */
function nameOfReference({name, value}: Field): string {
  const called = referenceNames[name] ?? 'reference';
  const figures = value.replaceAll(/[^A-Za-z0-9]/g, '');
  const isCard = /^\d{13,19}$/.test(figures);
  const isSecret = isCard || (name !== 'reference' && name !== 'invoice' && figures.length >= 8);
  return isSecret ? `${called} ending in ${figures.slice(-4)}` : `${called} ${value}`;
}

/** Made when first needed: it loads what Unicode knows of English, and a start waits for nothing of that. */
let enumeration: Intl.ListFormat | undefined;

function listed(fields: readonly Field[]): string | null {
  enumeration ??= new Intl.ListFormat('en', {type: 'conjunction'});
  return fields.length === 0 ? null : enumeration.format(fields.map(({value}) => value));
}

function fieldsUsed({uses}: Letter, mentioned: Mentions, sender: Sender | undefined): Answer['fields'] {
  const {reference, amount, date} = mentioned;
  const used = Object.entries({reference, amount, date}).flatMap(([name, fields]) =>
    uses.has(name) ? fields : [],
  );
  const fields = used.map(({name, value, from, to}) => ({name, value, from, to}));
  if (sender === undefined || !uses.has('sender')) return fields;
  return [{name: 'sender', value: sender.name, from: sender.from, to: sender.to}, ...fields];
}
