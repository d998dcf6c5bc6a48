import {type JsonObject, listAt, textAt} from '#kit/json';
import {cell, oneLine} from '../output/cell.ts';
import type {Terminal} from '../terminal.ts';
import {backoff} from './columns.ts';
import type {Readiness} from './condition.ts';
import type {DeliveryRow} from './delivery.ts';

/** What is said of a Broker or a Trigger, by name; what is not known is left out. */
export type Properties = readonly (readonly [name: string, value: unknown])[];

interface Described {
  readonly object: JsonObject;
  /** It was read from a cluster, not from a file. */
  readonly isLive: boolean;
  readonly paint: Terminal['paint'];
}

/** Whether it works, in one sentence; what is known about it; and its conditions, in the words of its controller. */
export function description(
  row: Readiness & {readonly name: string},
  properties: Properties,
  {object, isLive, paint}: Described,
): string {
  const known = properties
    .map(([name, value]) => [name, cell(value)] as const)
    .filter(([, value]) => value !== '-');
  const lines = known.map(([name, value]) => `${name.padEnd(12)}  ${value}`);
  return [verdict(row, isLive, paint), lines.join('\n'), conditions(object)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The properties that Brokers and Triggers share. */
export function deliveryProperties(row: DeliveryRow): Properties {
  return [
    ['Retry', row.retry],
    ['Backoff', backoff(row.backoffPolicy, row.backoffDelay)],
    ['Timeout', row.timeout],
    ['Dead letters', row.deadLetters],
  ];
}

function verdict(
  {name, ready, reason, message}: Readiness & {readonly name: string},
  isLive: boolean,
  paint: Terminal['paint'],
): string {
  if (!isLive) return `${oneLine(name)}: as the manifests have it`;
  if (ready === true) return `${oneLine(name)}: ${paint('green', 'ready')}`;
  const why = [reason, message].filter((part) => part !== undefined && part !== '').join(', ');
  const words = ready === false ? paint('red', 'not ready') : 'no controller has said yet';
  return `${oneLine(name)}: ${words}${why === '' ? '' : ` (${oneLine(why)})`}`;
}

function conditions(object: JsonObject): string {
  const rows = listAt(object, 'status', 'conditions').map((condition) => [
    cell(textAt(condition, 'type')),
    cell(textAt(condition, 'status')),
    cell(textAt(condition, 'lastTransitionTime')),
    [textAt(condition, 'reason'), textAt(condition, 'message')].filter(Boolean).map(cell).join(': '),
  ]);
  if (rows.length === 0) return '';
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return ['Conditions', ...lines.map((line) => `  ${line}`)].join('\n');
}
