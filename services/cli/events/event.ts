import {randomUUID} from 'node:crypto';
import type {Contract} from '#kit';
import {type JsonObject, textAt} from '#kit/json';
import {misused} from '../failure.ts';

/** An event as it is written in JSON (CloudEvents 1.0, structured mode). */
export interface JsonEvent extends JsonObject {
  readonly specversion: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
}

/** What somebody asks to be in an event; what they leave out comes from the contract. */
export interface Wishes {
  readonly type: string;
  readonly contract: Contract | undefined;
  readonly source?: string | undefined;
  readonly subject?: string | undefined;
  readonly id?: string | undefined;
  /** Undefined: the contract's example. */
  readonly data?: unknown;
  readonly extensions: ReadonlyMap<string, string>;
}

/**
 * An event that happens at `now`: a fresh id, the contract's example where no data is given, and the document
 * that the data is about as its subject and its partition key.
 */
export function eventOf(wishes: Wishes, now: Date): JsonEvent {
  const {contract, data = contract?.example} = wishes;
  const documentId = textAt(data, 'documentId');
  const subject = wishes.subject ?? documentId;
  return {
    specversion: '1.0',
    id: wishes.id ?? randomUUID(),
    source: wishes.source ?? '/cli',
    type: contract?.type ?? wishes.type,
    ...(subject === undefined ? {} : {subject}),
    time: now.toISOString(),
    ...(contract === undefined ? {} : {dataschema: contract.dataschema}),
    ...(documentId === undefined ? {} : {partitionkey: documentId}),
    ...Object.fromEntries(wishes.extensions),
    ...(data === undefined ? {} : {datacontenttype: 'application/json', data}),
  };
}

const attributes = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'dataschema',
  'datacontenttype',
  'data',
];

/**
 * Refuses what CloudEvents does not allow as the name of an extension.
 *
 * @throws Failure (usage) a name with anything but lower-case letters and digits, or that of an attribute
 */
export function checkExtensions(extensions: ReadonlyMap<string, string>): void {
  for (const name of extensions.keys()) {
    if (attributes.includes(name) || name === 'data_base64') {
      throw misused(`\`${name}\` is no extension but a part of every event; see --help for its own option.`);
    }
    if (!/^[a-z0-9]{1,20}$/.test(name)) {
      throw misused(`An extension is called by 1 to 20 lower-case letters or digits, got \`${name}\`.`);
    }
  }
}
