import {createReadStream} from 'node:fs';
import {createInterface} from 'node:readline';
import {parsed} from '#kit/json';
import {Failure, messageOf} from '../failure.ts';
import type {Terminal} from '../terminal.ts';

/** A text, and the line that it stands in. */
export interface Text {
  readonly line: number;
  readonly text: string;
}

/**
 * The texts of a file of JSON lines, one after another as they are read; `-` is stdin.
 *
 * @throws Failure with the line when it is no object with a `text`, or when the file can not be read
 */
export async function* textsOf(file: string, {signal}: Pick<Terminal, 'signal'>): AsyncGenerator<Text> {
  const where = file === '-' ? 'stdin' : file;
  const input = file === '-' ? process.stdin : createReadStream(file);
  const leave = () => input.destroy(new Error('interrupted'));
  signal.addEventListener('abort', leave, {once: true});
  // An error of the input ends its lines without a word.
  let fault: unknown;
  input.once('error', (error) => {
    fault = error;
  });
  try {
    let line = 0;
    for await (const json of createInterface({input, crlfDelay: Number.POSITIVE_INFINITY})) {
      line++;
      yield {line, text: textIn(json, `${where}, line ${line}`)};
    }
    if (fault !== undefined) throw fault;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure(`${where} can not be read: ${messageOf(error)}.`, undefined, {cause: error});
  } finally {
    signal.removeEventListener('abort', leave);
    input.destroy();
  }
}

function textIn(json: string, where: string): string {
  const value = parsed(json);
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    return value.text;
  throw new Failure(`${where}: expected an object like {"text": "…"}, got \`${json.slice(0, 60)}\`.`);
}
