import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {freePort} from '../kit/ports.ts';
import {makeKeys} from '../kit/serving.ts';
import {temporaryFolder} from './folder.ts';

/** The user of an image, where these tests may become it. */
const nobody = 65_532;
export const isRoot = process.getuid?.() === 0;

/** A service that runs as a process. */
export interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  readonly data: string;
  /** What it has said on both streams. */
  said(): string;
  ended: Promise<number | null>;
}

/** Everything that the environment of a service holds on Knative, but for what its manifest says. */
const knativeSays = {
  K_SERVICE: 'made-up',
  K_CONFIGURATION: 'made-up',
  K_REVISION: 'made-up-00001',
};

/** A folder that only a user who is not root can write to, where there is such a user. */
export function dataFolder(): string {
  const data = path.join(temporaryFolder(), 'data');
  chmodSync(path.dirname(data), 0o755);
  mkdirSync(data);
  makeKeys(path.join(data, 'identity'));
  giveToUser(data);
  return data;
}

/** Makes a folder, and what was put into it, the user's. */
export function giveToUser(folder: string): void {
  if (isRoot) execFileSync('chown', ['-R', `${nobody}:${nobody}`, folder]);
}

/** Takes the right to write from everybody, to read from nobody. */
export function makeReadOnly(folder: string): void {
  chmodSync(path.dirname(folder), 0o755);
  execFileSync('chmod', ['-R', 'a-w,a+rX', folder]);
}

/** All that is in a folder: name, size, mode, and when it was changed last. */
export function standing(folder: string): string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .sort()
    .map((name) => {
      const {size, mode, mtimeMs, ctimeMs} = statSync(path.join(folder, name));
      return [name, size, mode, mtimeMs, ctimeMs].join(' ');
    });
}

/** Runs a program as a service is run by its image: as nobody, with no environment but Knative's. */
export async function run(
  t: ExecutionContext,
  words: readonly [string, ...string[]],
  {env = {}, data = dataFolder()}: {env?: Readonly<Record<string, string>>; data?: string} = {},
): Promise<Running> {
  const port = await freePort();
  const [program, ...rest] = words;
  const child = spawn(program, rest, {
    cwd: '/',
    env: {...knativeSays, PORT: String(port), DIP_DATA_DIR: data, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? {uid: nobody, gid: nobody} : {}),
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
    });
  return {process: child, url: `http://127.0.0.1:${port}`, data, said: () => text, ended};
}

/** Waits until it takes work. @throws Error when it ends first. */
export async function ready({process, url, said}: Running): Promise<void> {
  while ((await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200) {
    if (process.exitCode !== null) throw new Error(`It ended with ${process.exitCode}: ${said()}`);
    await wait(5);
  }
}
