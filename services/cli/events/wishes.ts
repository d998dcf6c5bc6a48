import {readFile} from 'node:fs/promises';
import {buffer} from 'node:stream/consumers';
import {parsed} from '#kit/json';
import {Failure, messageOf, misused} from '../failure.ts';
import {pairs} from '../pairs.ts';
import type {Terminal} from '../terminal.ts';
import {contractOf, unknownType} from './catalogue.ts';
import {checkExtensions, type Wishes} from './event.ts';
import type {EventOptions} from './options.ts';

/**
 * What the words of a command ask to be in an event.
 *
 * @throws Failure (usage) no type, two types, or a type that nobody knows and no data for it
 */
export async function wishesOf(
  options: EventOptions,
  argument: string | undefined,
  terminal: Terminal,
): Promise<Wishes> {
  const type = argument ?? options.type;
  if (type === undefined || type === '') throw unknownType(undefined);
  if (options.type !== undefined && options.type !== type) {
    throw misused(`The type is given twice, as \`${type}\` and as \`${options.type}\`.`);
  }
  const contract = contractOf(type);
  const data = await dataOf(options, terminal);
  if (contract === undefined && data === undefined) throw unknownType(type);
  const {source, subject, id} = options;
  return {type, contract, source, subject, id, data, extensions: extensionsOf(options)};
}

/** The extension attributes asked for. */
export function extensionsOf(options: EventOptions): Map<string, string> {
  const extensions = pairs('--extension', options.extension);
  checkExtensions(extensions);
  return extensions;
}

/** The data asked for; undefined where none is given. */
export async function dataOf(options: EventOptions, terminal: Terminal): Promise<unknown> {
  const {data, 'data-file': file} = options;
  if (data !== undefined && file !== undefined) {
    throw misused('The data is given twice, with `--data` and with `--data-file`.');
  }
  if (data !== undefined) return json(data, '`--data`');
  return file === undefined ? undefined : json(await textOf(file, terminal), file === '-' ? 'stdin' : file);
}

/** The JSON in a text. @param where names it for people */
export function json(text: string, where: string): unknown {
  const value = parsed(text);
  if (value === undefined)
    throw new Failure(`Expected JSON from ${where}, got \`${text.trim().slice(0, 60)}\`.`);
  return value;
}

/** A file's text, or what comes on stdin where it is called `-`. */
export async function textOf(file: string, {signal}: Terminal): Promise<string> {
  try {
    if (file !== '-') return await readFile(file, {encoding: 'utf8', signal});
    signal.addEventListener('abort', () => process.stdin.destroy(new Error('interrupted')), {once: true});
    return (await buffer(process.stdin)).toString('utf8');
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure(`${file} can not be read: ${messageOf(error)}.`, undefined, {cause: error});
  }
}
