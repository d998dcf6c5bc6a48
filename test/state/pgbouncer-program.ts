import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {takeMachineLock} from '../cluster/machine-lock.ts';
import {cacheFolder} from '../cluster/tools.ts';

const run = promisify(execFile);

const folder = path.join(cacheFolder, 'dip-tools', 'pgbouncer');
const lockPort = 16_451;

/** A program, and the folder of the libraries that it brings along. */
export interface PgBouncerProgram {
  readonly file: string;
  readonly libraries?: string;
}

/** PgBouncer where this machine has it: installed, or fetched before by `npm run prepare-tests`. */
export function pgBouncerProgram(): PgBouncerProgram | undefined {
  const named = process.env['PGBOUNCER'];
  if (named !== undefined && named !== '') return {file: named};
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  const installed = folders.map((part) => path.join(part, 'pgbouncer')).find((file) => existsSync(file));
  if (installed !== undefined) return {file: installed};
  const file = path.join(folder, 'usr/sbin/pgbouncer');
  return existsSync(file) ? {file, libraries: librariesIn(folder)} : undefined;
}

function librariesIn(root: string): string {
  const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return ['usr/lib', 'lib'].map((part) => path.join(root, part, machine)).join(path.delimiter);
}

/**
 * Fetches Debian's package and the two libraries that not every machine has, without installing them.
 *
 * @throws Error where apt can't be asked.
 */
export async function fetchPgBouncer(): Promise<PgBouncerProgram> {
  const there = pgBouncerProgram();
  if (there !== undefined) return there;
  const lock = await takeMachineLock(lockPort);
  try {
    if (!existsSync(folder)) await fetchPackages();
  } finally {
    await lock.release();
  }
  return {file: path.join(folder, 'usr/sbin/pgbouncer'), libraries: librariesIn(folder)};
}

/** It is made beside the folder and moved there at the end, so that what exists is whole. */
async function fetchPackages(): Promise<void> {
  await mkdir(path.dirname(folder), {recursive: true});
  const making = await mkdtemp(path.join(path.dirname(folder), 'making-'));
  const download = () =>
    run('apt-get', ['download', 'pgbouncer', 'libevent-2.1-7', 'libc-ares2'], {cwd: making});
  try {
    // Images come without apt's lists, and who is root may fetch them.
    await download().catch(() => run('apt-get', ['update', '--quiet']).then(download));
    for (const name of await readdir(making)) await run('dpkg', ['-x', name, 'all'], {cwd: making});
    await rename(path.join(making, 'all'), folder);
  } finally {
    await rm(making, {recursive: true, force: true});
  }
}
