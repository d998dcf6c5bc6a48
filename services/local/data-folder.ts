import {accessSync, constants, existsSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '#kit';

/**
 * Makes the folder that all data is kept in, with the folders above it.
 *
 * @throws Error with what to do when it can't be made or written.
 */
export function makeDataFolder(folder: string): void {
  try {
    make(path.join(folder, 'logs'));
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(
      `The data folder ${folder} can't be written: ${reason}. Choose another with --data-dir.`,
      {cause: error},
    );
  }
}

/** Step by step: Node's own `recursive` goes round for ever where a folder below an existing one can't be made, as in /proc. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) make(parent);
  mkdirSync(folder);
}
