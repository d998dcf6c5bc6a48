import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {messageOf} from '../errors.ts';
import {type Key, privateFile, publicFile, readKeys} from './key-file.ts';

/** How long a file is trusted to be as it was, in milliseconds. */
const freshMs = 2_000;

/** A key, and for how long we have known it. */
export interface WatchedKey extends Key {
  /** By the clock that was given; of what was there when we first looked, minus infinity. */
  readonly seenAt: number;
}

/** The keys of a file, as they are now. None: there is no file, or it could never be read, which is warned of once. */
export type WatchedKeys = () => Promise<readonly WatchedKey[]>;

/**
 * Reads one half of a folder's keys, again and again as time goes by: a Secret's volume changes under us. A file that
 * is broken for a moment leaves the keys as they were.
 *
 * @param clock milliseconds of a clock that never goes back
 */
export function watchedKeys(
  folder: string,
  half: 'private' | 'public',
  {warn, clock}: {warn: (sentence: string) => void; clock: () => number},
): WatchedKeys {
  const file = path.join(folder, half === 'private' ? privateFile : publicFile);
  let known: {text: string | undefined; keys: readonly WatchedKey[]} | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let said = '';

  async function read(): Promise<void> {
    try {
      const text = (await textOf(file)) ?? (known?.text && (await textAgain(file)));
      if (known !== undefined && text === known.text) return;
      const before = new Map(known?.keys.map((key) => [key.keyId, key.seenAt]));
      const seenAt = known === undefined ? Number.NEGATIVE_INFINITY : clock();
      const keys = text === undefined ? [] : readKeys(text, half);
      known = {text, keys: keys.map((key) => ({...key, seenAt: before.get(key.keyId) ?? seenAt}))};
      said = '';
    } catch (error) {
      const sentence = `The keys in ${file} can't be read: ${messageOf(error)}.`;
      if (sentence !== said) warn(sentence);
      said = sentence;
    }
  }

  return async () => {
    if (reading === undefined || clock() - readAt >= freshMs) {
      readAt = clock();
      reading = read();
    }
    await reading;
    return known?.keys ?? [];
  };
}

/** The text of a file; undefined when there is none. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The kubelet takes the folder of old keys away when it has put the new one in its place: we may have been on our way. */
async function textAgain(file: string): Promise<string | undefined> {
  await wait(50);
  return textOf(file);
}
