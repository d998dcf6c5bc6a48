import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {faultySource, fileSource, type Source, whyNot} from './source.ts';

/** The files that paths stand for, and what was left out of them. */
export interface Found {
  readonly sources: Source[];
  /** Paths within folders whose name begins with a dot. */
  readonly hidden: string[];
  /** Links within folders that lead to folders. */
  readonly linked: string[];
}

/**
 * The files that paths stand for: a file for itself, a folder for all files in it and in the folders in it, in the
 * order of their names. What is hidden is left out of folders, and so are links to folders, which could lead round in
 * circles; who names one itself means it. `-` is stdin. A folder that can't be read, or that holds no file, is a source that fails.
 */
export async function findFiles(paths: readonly string[], stdin: () => Promise<Source>): Promise<Found> {
  const found: Found = {sources: [], hidden: [], linked: []};
  for (const path of paths) {
    if (path === '-') found.sources.push(await stdin());
    else if (await isFolder(path)) await search(path, found);
    else found.sources.push(fileSource(path));
  }
  return found;
}

/** What can't be asked after is no folder: opening it says what is wrong. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function search(folder: string, found: Found): Promise<void> {
  const before = found.sources.length;
  await walk(folder, found);
  if (found.sources.length === before)
    found.sources.push(faultySource(folder, `The folder ${folder} holds no file to send.`));
}

async function walk(folder: string, found: Found): Promise<void> {
  const entries = await readdir(folder, {withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
    found.sources.push(faultySource(folder, whyNot(folder, error)));
    return [];
  });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) found.hidden.push(path);
    else if (entry.isDirectory()) await walk(path, found);
    else if (entry.isSymbolicLink() && (await isFolder(path))) found.linked.push(path);
    else found.sources.push(fileSource(path));
  }
}
