import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';

/** Another DIP has the folder. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';
}

/** A data folder that is ours until it is released or the process ends, however it ends. */
export interface FolderLock {
  /** Says where we are, for whoever finds the folder taken. */
  say(address: string): void;
  release(): void;
}

/**
 * Takes a data folder for this process. The lock is one of the operating system's, held through SQLite, so that it
 * ends with the process; who holds it is written beside it, in `<file>.holder`.
 *
 * @throws FolderTaken naming the holder.
 */
export function takeFolder(file: string, address: string): FolderLock {
  const holder = `${file}.holder`;
  const lock = opened(file);
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw named(error, file);
    throw new FolderTaken(readHolder(holder), {cause: error});
  }
  const say = (now: string) => {
    try {
      writeFileSync(holder, `${process.pid} ${now}\n`);
    } catch {
      // On a full disk it is taken all the same, and whoever finds it so does not hear by whom.
    }
  };
  say(address);
  return {say, release: () => lock.close()};
}

/** Who has a data folder, looked at without taking it; undefined: nobody. */
export function holderOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const lock = new DatabaseSync(file, {timeout: 0, readOnly: true});
  try {
    lock.exec('select count(*) from sqlite_schema');
    return undefined;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return readHolder(`${file}.holder`);
  } finally {
    lock.close();
  }
}

function opened(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, {timeout: 0});
  } catch (error) {
    throw named(error, file);
  }
}

/** SQLite names no file. */
function named(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : 'ERR_SQLITE_ERROR';
  return Object.assign(new Error(`${error.message}, ${file}`, {cause: error}), {code});
}

function readHolder(file: string): string {
  try {
    const [, pid = '', address = ''] = /^(\d+) (.*)\n$/.exec(readFileSync(file, 'utf8')) ?? [];
    return `the DIP with process id ${pid} at ${address}`;
  } catch {
    return 'another DIP';
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}
