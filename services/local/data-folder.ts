import {accessSync, constants, existsSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '#kit';
import {codeOf, flushFolder} from '#kit/wire';
import {closeToOthers} from './private-folder.ts';

/**
 * Makes the folder that all data is kept in, for its owner alone, with the folders above it; the names of those that are new are on the disk
 * when it resolves, before anything is accepted into them.
 *
 * @throws Error with what to do when it can't be made or written.
 */
export async function makeDataFolder(folder: string, say: (sentence: string) => void): Promise<void> {
  try {
    if (process.platform !== 'win32' && existsSync(folder)) closeToOthers(folder, say);
    for (const made of make(path.join(folder, 'logs'))) await flushFolder(path.dirname(made));
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(
      `The data folder ${folder} can't be written: ${reason}. Choose another with --data-dir.`,
      {cause: error},
    );
  }
}

/**
 * Does something with what is in the data folder.
 *
 * @throws Error that names the folder where the system or SQLite refuses it; any other as it is
 */
export async function inDataFolder<Result>(
  folder: string,
  act: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (codeOf(error) === '') throw error;
    throw new Error(`The data folder ${folder} can't be used: ${messageOf(error)}.`, {cause: error});
  }
}

/**
 * Step by step: Node's own `recursive` goes round for ever where a folder below an existing one can't be made, as in
 * /proc.
 *
 * @returns the folders that are new, outermost first
 */
function make(folder: string): string[] {
  if (existsSync(folder)) return [];
  const parent = path.dirname(folder);
  const above = parent === folder ? [] : make(parent);
  mkdirSync(folder, {mode: 0o700});
  return [...above, folder];
}
