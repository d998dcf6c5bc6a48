import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';

/** A built service that runs as a process of its own, so that V8 can be asked what it has compiled. */
export interface BuiltService {
  readonly url: string;
  /** Has the code caches written, one to each script, and waits until they are there. */
  writeCaches(scripts: readonly string[]): Promise<void>;
  /** Tells it to end. @throws Error when it ends with anything but 0. */
  stop(): Promise<void>;
  kill(): void;
}

/** How long a service may take for what it is told, in milliseconds: far more than any needs. */
const patienceMs = 60_000;

/**
 * Starts what was built in a folder, with the Node and the environment given and nothing else, and waits until it is
 * ready.
 *
 * @throws Error with what it said, when it ends or does not become ready.
 */
export async function runBuilt(
  folder: string,
  {node, env}: {node: string; env: Readonly<Record<string, string>>},
): Promise<BuiltService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const words = [
    '--import',
    path.join(import.meta.dirname, 'recorder.mjs'),
    path.join(folder, 'service.mjs'),
  ];
  const child = spawn(node, words, {
    env: {...env, PORT: String(port)},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said = listen(child);
  const kill = () => void child.kill('SIGKILL');
  try {
    await until('it was ready', () => isReady(url), {child, said});
  } catch (error) {
    kill();
    throw error;
  }
  return {
    url,
    kill,
    async writeCaches(scripts) {
      child.send('write');
      const files = scripts.map((script) => path.join(folder, `${script}.cache`));
      await until('its code caches were written', () => files.every((file) => existsSync(file)), {
        child,
        said,
      });
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      if (code !== 0) throw new Error(`Expected it to end with 0, got ${code ?? signal}. ${said()}`);
    },
  };
}

function listen(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return () => text.trim();
}

async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  {child, said}: {child: ChildProcess; said: () => string},
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    const gone = child.exitCode ?? child.signalCode;
    if (gone !== null) throw new Error(`It ended with ${gone} before ${what}. ${said()}`);
    if (performance.now() > end) throw new Error(`Waited ${patienceMs} ms until ${what}. ${said()}`);
    await wait(5);
  }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return address.port;
}
