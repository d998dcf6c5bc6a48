import {link, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {tokensFolder} from '#kit/wire';
import {Failure, messageOf} from '../failure.ts';
import type {TokenStore} from './store.ts';

/** Tokens as files, which only their owner can read. @throws Failure where the folder can't be read or written */
export function folderStore(dataDirectory: string): TokenStore {
  const folder = tokensFolder(path.resolve(dataDirectory));
  return {
    place: folder,
    delay: 'a few seconds',
    async contents() {
      const names = await orElse(() => readdir(folder), 'ENOENT', []);
      const read = names
        .filter((name) => !name.startsWith('..'))
        .toSorted()
        .map(
          async (name) =>
            [name, await orElse(() => readFile(path.join(folder, name), 'utf8'), 'EISDIR', '')] as const,
        );
      return new Map(await Promise.all(read));
    },
    async add(name, content) {
      // Written aside, so that nobody reads half of it; a link never takes the place of another.
      const aside = path.join(folder, `..${name}-${process.pid}`);
      await orElse(() => mkdir(folder, {recursive: true, mode: 0o700}), 'EEXIST', undefined);
      try {
        await orElse(() => writeFile(aside, content, {mode: 0o600}), 'none', undefined);
        return await orElse(() => link(aside, path.join(folder, name)).then(() => true), 'EEXIST', false);
      } finally {
        await rm(aside, {force: true});
      }
    },
    remove: (name) => orElse(() => rm(path.join(folder, name)).then(() => true), 'ENOENT', false),
  };
}

/** What a file operation comes to, or something else where it fails for one reason. */
async function orElse<Result>(run: () => Promise<Result>, code: string, otherwise: Result): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return otherwise;
    throw new Failure(`The tokens can not be read or written: ${messageOf(error)}.`, undefined, {
      cause: error,
    });
  }
}
