import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {codeOf} from '#kit/wire';

/** What DIP has open in its data folder, or is asked for by its processes: without it nothing is kept any more. */
const own = ['lock', 'journal', 'databases', 'blobs', 'identity'];

const everyMs = 1_000;

/**
 * Watches that the data folder stays where it is, with what DIP keeps in it: a file that is deleted or moved while it
 * is open takes what is written and keeps nothing for the next start.
 *
 * @param lost is told once, with the path that is gone
 * @returns what ends the watching
 */
export function watchFolder(folder: string, lost: (file: string) => void): () => void {
  let known = new Map<string, number>();
  const look = () => {
    const gone = [...known].find(([file, number]) => isGone(file, number));
    if (gone === undefined) {
      known = present(folder);
      return;
    }
    clearInterval(timer);
    lost(gone[0]);
  };
  const timer = setInterval(look, everyMs).unref();
  look();
  return () => clearInterval(timer);
}

/** What is there, by path, with the number by which the file system knows it. */
function present(folder: string): Map<string, number> {
  const files = own.map((name) => path.join(folder, name));
  const databases = path.join(folder, 'databases');
  files.push(...openIn(databases).map((name) => path.join(databases, name)));
  return new Map(
    files.flatMap((file) => {
      const number = numberOf(file);
      return typeof number === 'number' ? [[file, number] as const] : [];
    }),
  );
}

/** Another one of the same name is not what we have open. What can't be looked at may be there. */
function isGone(file: string, number: number): boolean {
  const now = numberOf(file);
  return now !== 'unknown' && now !== number;
}

function numberOf(file: string): number | 'missing' | 'unknown' {
  try {
    return statSync(file).ino;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? 'missing' : 'unknown';
  }
}

/** The databases that a service has open, as SQLite's log beside each says; any other may be put away, or in its place. */
function openIn(databases: string): string[] {
  try {
    const names = readdirSync(databases);
    return names.filter((name) => name.endsWith('.sqlite') && names.includes(`${name}-wal`));
  } catch {
    return [];
  }
}
