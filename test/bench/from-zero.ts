import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {freePort} from '../kit/ports.ts';

const root = path.join(import.meta.dirname, '../..');
const dip = path.join(root, 'services/cli/start.mjs');

/** One start of DIP and what it took, in milliseconds, and MiB of memory while nothing is to be done. */
export interface FromZero {
  /** Until it says that it is up. */
  up: number;
  /** Until the first document is answered, the start included. */
  answered: number;
  /** From the document to its answer, with every service at zero. */
  chain: number;
  idleMiB: number;
}

/** Starts DIP on an empty folder and hands one document in. */
export async function fromZero(): Promise<FromZero> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-bench-'));
  const begin = performance.now();
  const child = spawn(process.execPath, [dip, 'dev', '--port', '0', '--data-dir', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const url = await saidUrl(child);
    const up = performance.now() - begin;
    const idleMiB = residentMiB(child.pid ?? 0);
    const handedIn = performance.now();
    await handIn(url);
    const now = performance.now();
    return {up, idleMiB, chain: now - handedIn, answered: up + (now - handedIn)};
  } finally {
    await ended(child, 'SIGTERM');
    await rm(folder, {recursive: true, force: true});
  }
}

/** How long a process takes from its start to its first 200, in milliseconds. */
export async function coldStart(words: readonly string[], readiness: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-bench-'));
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    DIP_DATA_DIR: folder,
    NODE_COMPILE_CACHE: path.join(tmpdir(), 'dip-bench-compile-cache'),
  };
  const begin = performance.now();
  const child = spawn(process.execPath, words, {env, stdio: 'ignore'});
  try {
    while ((await status(`http://127.0.0.1:${port}${readiness}`)) !== 200) await wait(2);
    return performance.now() - begin;
  } finally {
    await ended(child, 'SIGKILL');
    await rm(folder, {recursive: true, force: true});
  }
}

export const service = [dip, 'serve', 'routing'];
export const bareService = [path.join(import.meta.dirname, 'bare-service.ts')];

async function saidUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('DIP has no standard output.');
  for await (const line of createInterface(child.stdout)) {
    const url = /DIP is up at (\S+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('DIP ended before it was up.');
}

async function handIn(url: string): Promise<void> {
  const form = new FormData();
  const text = 'A debt collector calls me every day about a loan that I paid back a year ago.';
  form.append('file', new Blob([text], {type: 'text/plain'}), 'letter.txt');
  const answer = await fetch(`${url}/api/ingestion/documents`, {
    method: 'POST',
    body: form,
    headers: {prefer: 'wait=60'},
  });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`Expected an answered document, got ${answer.status}: ${body}`);
}

function residentMiB(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], {encoding: 'utf8'})) / 1024;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

function status(url: string): Promise<number> {
  return new Promise((resolve) => {
    const request = http.get(url, {agent: false}, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
  });
}
