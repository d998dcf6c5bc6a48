import {randomUUID} from 'node:crypto';
import {isObject, textAt} from '#kit/json';
import {Failure} from '../failure.ts';
import type {Terminal} from '../terminal.ts';
import {contractOf, unknownType} from './catalogue.ts';
import type {JsonEvent} from './event.ts';
import type {EventOptions} from './options.ts';
import {dataOf, extensionsOf, json, textOf} from './wishes.ts';

/**
 * An event from a file, with what the options say instead of what it says. Where it has no id, source or
 * version it gets one, for no event is without; everything else stays as it is.
 *
 * @param file its name, or `-` for stdin
 * @throws Failure a file that can't be read or holds no event
 */
export async function givenEvent(
  file: string,
  options: EventOptions,
  argument: string | undefined,
  terminal: Terminal,
): Promise<JsonEvent> {
  const where = file === '-' ? 'stdin' : file;
  if (file === '-' && options['data-file'] === '-') {
    throw new Failure('Stdin can be the event or its data, not both.');
  }
  const given = json(await textOf(file, terminal), where);
  if (!isObject(given)) throw new Failure(`Expected one event in ${where}, as a JSON object.`);
  const type = argument ?? options.type ?? textAt(given, 'type');
  if (type === undefined) throw unknownType(undefined);
  const {data_base64: bytes, ...others} = given;
  const data = await dataOf(options, terminal);
  const {source, subject, id} = options;
  const instead = Object.entries({source, subject, id}).filter(([, value]) => value !== undefined);
  return {
    ...{specversion: '1.0', id: randomUUID(), source: '/cli'},
    ...others,
    ...Object.fromEntries([...instead, ...extensionsOf(options)]),
    type: contractOf(type)?.type ?? type,
    ...(data !== undefined ? {data} : bytes !== undefined ? {data_base64: bytes} : {}),
  };
}
