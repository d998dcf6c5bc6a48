import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {project} from '../helm/objects.ts';
import {freePort} from '../kit/ports.ts';
import {skip} from '../skip.ts';

/** The folder of the example, from the project's root: its program and its manifests. */
export const example = 'examples/reading-time-python';

/** Whether there is a Python that the example runs on; where there is none, that is said. */
export function hasPython(t: ExecutionContext): boolean {
  const {status} = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  if (status !== 0) skip(t, 'there is no python3 of 3.9 or later');
  return status === 0;
}

/** The example's service as a process of its own, as a pod runs it. */
export interface Program {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts the example's service and waits until it is ready; killed with the test. */
export async function program(t: ExecutionContext): Promise<Program> {
  const port = await freePort();
  const started = spawn('python3', [path.join(project, example, 'service.py')], {
    env: {PATH: process.env['PATH'], PORT: String(port)},
    stdio: 'ignore',
  });
  const ended = once(started, 'exit').then(([code]: (number | null)[]) => code ?? null);
  t.teardown(() => started.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  while ((await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200) {
    if (started.exitCode !== null) throw new Error(`It ended with ${started.exitCode}.`);
    await wait(5);
  }
  return {url, port, process: started, ended};
}
