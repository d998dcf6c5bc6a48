import * as events from '#events';
import {type Contract, isContract} from '#kit';
import {misused} from '../failure.ts';
import {nearest} from '../nearest.ts';
import type {Terminal} from '../terminal.ts';
import type {JsonEvent} from './event.ts';

/** Every contract that DIP knows, in the order of the alphabet of their types. */
export const contracts: readonly Contract[] = Object.values<unknown>(events)
  .filter(isContract)
  .sort((a, b) => (a.type < b.type ? -1 : 1));

/**
 * The contract of a type. `com.dip.` may be left out, and dashes may stand for dots: `document-received` is
 * `com.dip.document.received`.
 */
export function contractOf(type: string): Contract | undefined {
  return contracts.find(
    (contract) => contract.type === type || short(contract) === type.replaceAll('-', '.'),
  );
}

/** What to say to somebody who named no type, or one that nobody knows. */
export function unknownType(type: string | undefined): Error {
  const width = Math.max(...contracts.map((contract) => contract.type.length));
  const list = contracts.map((contract) => `  ${contract.type.padEnd(width)}  ${contract.description}`);
  const meant = type === undefined ? undefined : nearestType(type);
  const suggestion = meant === undefined ? '.' : `; did you mean \`${meant}\`?`;
  const said = type === undefined ? 'A type is wanted.' : `No contract has the type \`${type}\`${suggestion}`;
  return misused([said, 'The types that DIP knows:', ...list].join('\n'));
}

/** Says on stderr where an event's data does not fit the contract of its type. */
export function noteFaults({type, data}: JsonEvent, terminal: Terminal): void {
  const faults = contractOf(type)?.faults(data) ?? [];
  for (const fault of faults) terminal.note(`Note: this does not fit ${type}: ${fault}.`);
}

function nearestType(type: string): string | undefined {
  const full = nearest(
    type,
    contracts.map((contract) => contract.type),
  );
  const meant = full ?? nearest(type.replaceAll('-', '.'), contracts.map(short));
  return meant === undefined ? undefined : contractOf(meant)?.type;
}

function short(contract: Contract): string {
  return contract.type.replace(/^com\.dip\./, '');
}
