import {at, isObject, type JsonObject, listAt, textAt} from '#kit/json';
import {cell, indented, moment, oneLine, share} from '../output/cell.ts';
import type {Terminal} from '../terminal.ts';
import {colorOf} from './columns.ts';

/**
 * A document for people: one sentence, what is known about it, its answer, and its facts in order.
 *
 * @param wide with the ids of the facts' events
 */
export function description(document: JsonObject, paint: Terminal['paint'], wide: boolean): string {
  const parts = [
    verdict(document, paint),
    properties(document),
    answer(document),
    whatFailed(document),
    facts(document, wide),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function verdict(document: JsonObject, paint: Terminal['paint']): string {
  const {status} = document;
  const color = colorOf(status);
  const word = cell(status);
  const name = cell(document['filename'] ?? document['documentId']);
  const reason = textAt(document, 'reason');
  const why = status === 'rejected' && reason !== undefined ? ` (${oneLine(reason)})` : '';
  return `${name}: ${color === undefined ? word : paint(color, word)}${why}`;
}

function properties(document: JsonObject): string {
  const model = [at(document, 'model', 'name'), at(document, 'model', 'version')];
  const rows: [string, string][] = [
    ['Document', cell(document['documentId'])],
    ['Title', cell(document['title'])],
    ['Sender', sender(document['sender'])],
    ['Type', cell(document['contentType'])],
    ['Size', typeof document['size'] === 'number' ? `${document['size']} bytes` : '-'],
    ['Pages', cell(document['pages'])],
    ['Language', cell(document['language'])],
    ['Received', moment(document['receivedAt'])],
    ['Ended', moment(document['endedAt'])],
    ['Category', scored(document['category'], document['confidence'])],
    ['Or', alternatives(document)],
    ['Because', listAt(document, 'explanation', 'terms').map(term).join(', ')],
    ['Model', model.some((part) => typeof part === 'string') ? model.map(cell).join(' ') : '-'],
    ['Queue', cell(document['queue'])],
    ['Priority', cell(document['priority'])],
    ['Due', moment(document['dueAt'])],
    ['Handler', cell(document['handler'])],
    ['Rule', cell(document['rule'])],
    ['Parent', cell(document['parent'])],
    ['Attachments', listAt(document, 'attachments').map(cell).join(', ')],
  ];
  const known = rows.filter(([, value]) => value !== '-' && value !== '');
  return known.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n');
}

function sender(value: unknown): string {
  if (!isObject(value)) return cell(value);
  const address = textAt(value, 'address');
  const parts = [textAt(value, 'name'), address === undefined ? undefined : `<${address}>`];
  return cell(parts.filter((part) => part !== undefined).join(' '));
}

function scored(category: unknown, confidence: unknown): string {
  return typeof confidence === 'number' ? `${cell(category)} (${share(confidence)})` : cell(category);
}

/** What else it could have been: the category that it was given leads the list, too. */
function alternatives(document: JsonObject): string {
  return listAt(document, 'alternatives')
    .filter((one) => at(one, 'category') !== document['category'])
    .map((one) => scored(at(one, 'category'), at(one, 'confidence')))
    .join(', ');
}

function term(value: unknown): string {
  const weight = at(value, 'weight');
  const signed = typeof weight === 'number' ? ` ${weight < 0 ? '' : '+'}${weight.toFixed(2)}` : '';
  return `${cell(at(value, 'term'))}${signed}`;
}

function answer(document: JsonObject): string {
  const response = document['response'];
  if (!isObject(response)) return '';
  const missing = listAt(response, 'missing').map(cell);
  const lines = [
    `Answer (${cell(response['method'])}${response['needsReview'] === true ? ', to be read by a person' : ''})`,
    `  ${cell(response['subject'])}`,
    '',
    indented(textAt(response, 'body') ?? '-'),
    ...(missing.length === 0 ? [] : ['', `  Missing: ${missing.join(', ')}`]),
  ];
  return lines.join('\n');
}

function whatFailed(document: JsonObject): string {
  const letter = document['deadLetter'];
  if (!isObject(letter)) return '';
  const rows: [string, unknown][] = [
    ['Event', at(letter, 'event', 'type')],
    ['Id', at(letter, 'event', 'id')],
    ['Source', at(letter, 'event', 'source')],
    ['Trigger', letter['trigger']],
    ['Destination', letter['destination']],
    ['Status', letter['code']],
    ['Attempts', letter['attempts']],
    ['Message', letter['message']],
  ];
  return ['Dead letter', ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${cell(value)}`)].join('\n');
}

function facts(document: JsonObject, wide: boolean): string {
  const found = listAt(document, 'facts');
  if (found.length === 0) return '';
  const rows = found.map((fact) => [
    cell(at(fact, 'time')),
    cell(at(fact, 'type')),
    cell(at(fact, 'service') ?? at(fact, 'source')),
    ...(wide ? [cell(at(fact, 'id'))] : []),
    textAt(fact, 'summary') === undefined ? '' : cell(at(fact, 'summary')),
  ]);
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const lines = rows.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  '));
  return ['Facts', ...lines.map((line) => `  ${line.trimEnd()}`)].join('\n');
}
