import {cell, indented, moment, oneLine, share} from '../output/cell.ts';
import type {Terminal} from '../terminal.ts';
import {colorOf} from './columns.ts';
import type {Document} from './outcome.ts';

/**
 * A document for people: one sentence, what is known about it, its answer, and its facts in order.
 *
 * @param wide with the ids of the facts' events
 */
export function description(document: Document, paint: Terminal['paint'], wide: boolean): string {
  const parts = [
    verdict(document, paint),
    properties(document),
    answer(document),
    whatFailed(document),
    unreadable(document),
    facts(document, wide),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function verdict(document: Document, paint: Terminal['paint']): string {
  const {status} = document;
  const color = colorOf(status);
  const word = cell(status);
  const name = cell(document.filename ?? document.documentId);
  const {reason} = document;
  const why =
    (status === 'rejected' || status === 'closed') && reason !== null ? ` (${oneLine(reason)})` : '';
  return `${name}: ${color === undefined ? word : paint(color, word)}${why}`;
}

function properties(document: Document): string {
  const {model} = document;
  const rows: [string, string][] = [
    ['Document', cell(document.documentId)],
    ['Title', cell(document.title)],
    ['Sender', sender(document.sender)],
    ['Type', cell(document.contentType)],
    ['Size', document.size === null ? '-' : `${document.size} bytes`],
    ['Pages', cell(document.pages)],
    ['Language', cell(document.language)],
    ['Received', moment(document.receivedAt)],
    ['Ended', moment(document.endedAt)],
    ['Category', scored(document.category, document.confidence)],
    ['Or', alternatives(document)],
    ['Because', (document.explanation?.terms ?? []).map(term).join(', ')],
    ['Signals', signals(document)],
    ['Model', model === null ? '-' : `${cell(model.name)} ${cell(model.version)}`],
    ['Queue', cell(document.queue)],
    ['Priority', cell(document.priority)],
    ['Due', moment(document.dueAt)],
    ['Handler', cell(document.handler)],
    ['Rule', cell(document.rule)],
    ['Case', cell(document.case)],
    ['Follows', cell(document.follows)],
    ['Claims', cell(document.claims)],
    ['Double of', cell(document.doubleOf)],
    ['Alike', document.alike.map(cell).join(', ')],
    ['Parent', cell(document.parent)],
    ['Attachments', document.attachments.map(cell).join(', ')],
    ['Unread', unreadParts(document)],
  ];
  const known = rows.filter(([, value]) => value !== '-' && value !== '');
  return known.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n');
}

/** The parts that nobody has read, with why. */
function unreadParts({parts}: Document): string {
  return parts
    .flatMap(({documentId, reason}) => (reason === null ? [] : [`${cell(documentId)} (${cell(reason)})`]))
    .join(', ');
}

function sender(value: Document['sender']): string {
  if (value === null) return cell(value);
  const {name, address} = value;
  const parts = [name, address === null ? null : `<${address}>`];
  return cell(parts.filter((part) => part !== null).join(' '));
}

function scored(category: string | null, confidence: number | null): string {
  return confidence !== null ? `${cell(category)} (${share(confidence)})` : cell(category);
}

/** What else it could have been: the category that it was given leads the list, too. */
function alternatives(document: Document): string {
  return document.alternatives
    .filter(({category}) => category !== document.category)
    .map(({category, confidence}) => scored(category, confidence))
    .join(', ');
}

function term({term: words, weight}: NonNullable<Document['explanation']>['terms'][number]): string {
  return `${cell(words)} ${weight < 0 ? '' : '+'}${weight.toFixed(2)}`;
}

/** What comes before all else, each with the words that said so. */
function signals({signals: found, explanation}: Document): string {
  const words = (signal: string) =>
    (explanation?.signals ?? [])
      .filter((each) => each.signal === signal)
      .map((each) => `"${oneLine(each.words)}"`);
  return found.map((signal) => [cell(signal), ...words(signal)].join(' ')).join(', ');
}

function answer(document: Document): string {
  const {response} = document;
  if (response === null) return '';
  const missing = response.missing.map(cell);
  const lines = [
    `Answer (${cell(response.method)}${response.needsReview ? ', to be read by a person' : ''})`,
    `  ${cell(response.subject)}`,
    '',
    indented(response.body ?? '-'),
    ...(missing.length === 0 ? [] : ['', `  Missing: ${missing.join(', ')}`]),
  ];
  return lines.join('\n');
}

function whatFailed(document: Document): string {
  const letter = document.deadLetter;
  if (letter === null) return '';
  const rows: [string, unknown][] = [
    ['Event', letter.event.type],
    ['Id', letter.event.id],
    ['Source', letter.event.source],
    ['Trigger', letter.trigger],
    ['Destination', letter.destination],
    ['Status', letter.code],
    ['Attempts', letter.attempts],
    ['Message', letter.message],
  ];
  return ['Dead letter', ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${cell(value)}`)].join('\n');
}

function unreadable({faults}: Document): string {
  if (faults.length === 0) return '';
  return ['Could not be read', ...faults.map((fault) => `  ${oneLine(fault)}`)].join('\n');
}

function facts(document: Document, wide: boolean): string {
  if (document.facts.length === 0) return '';
  const rows = document.facts.map(({time, type, service, id}) => [
    cell(time),
    cell(type),
    cell(service),
    ...(wide ? [cell(id)] : []),
  ]);
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const lines = rows.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  '));
  return ['Facts', ...lines.map((line) => `  ${line.trimEnd()}`)].join('\n');
}
