import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {type Config, ConfigError, messageOf} from '#kit';

/** A file that the owner of an installation may have written. */
export interface Setting {
  readonly text: string;
  /** What errors call it: the owner's by its path, the one that ships by its name. */
  readonly name: string;
}

/**
 * Reads a file of settings: the owner's, from the folder of settings, where that has one of this name; else the one that
 * ships with DIP. It is read when a service starts, and a change takes effect at the next start.
 *
 * @throws ConfigError when the folder is none, or the owner's file can't be read.
 */
export async function readSetting(
  {settingsDirectory}: Pick<Config, 'settingsDirectory'>,
  name: string,
  shipped: URL,
): Promise<Setting> {
  const own = await readOwnSetting({settingsDirectory}, name);
  return own ?? {text: await readFile(shipped, 'utf8'), name};
}

/** The owner's file of this name, or undefined where there is none. @throws ConfigError as `readSetting` does. */
export async function readOwnSetting(
  {settingsDirectory}: Pick<Config, 'settingsDirectory'>,
  name: string,
): Promise<Setting | undefined> {
  if (settingsDirectory === undefined) return undefined;
  await checkFolder(settingsDirectory);
  const file = path.join(settingsDirectory, name);
  try {
    return {text: await readFile(file, 'utf8'), name: file};
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw new ConfigError(`The file of settings ${file} can't be read: ${messageOf(error)}`, {cause: error});
  }
}

/** The folder of the owner's files, or undefined where there is none. @throws ConfigError when it is no folder. */
export async function settingsFolder({
  settingsDirectory,
}: Pick<Config, 'settingsDirectory'>): Promise<string | undefined> {
  if (settingsDirectory !== undefined) await checkFolder(settingsDirectory);
  return settingsDirectory;
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new ConfigError(
    `Expected DIP_SETTINGS_DIR to be a folder, got ${folder}, which is ${found === undefined ? 'not there' : 'a file'}.`,
  );
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
