import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {freePort} from '../kit/ports.ts';

/** A service that runs as a process of its own, as `dip serve` runs it, without a DIP above it. */
export class Served {
  readonly #name: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #url: Promise<string> | undefined;

  /** @param env what it needs besides PORT: `K_SINK`, `DIP_DATA_DIR`. */
  constructor(name: string, env: Readonly<Record<string, string>>) {
    this.#name = name;
    this.#env = env;
  }

  /** Where it takes requests, once it does. @throws Error when it was never started, or did not come up. */
  get url(): Promise<string> {
    return this.#url ?? Promise.reject(new Error(`Service ${this.#name} was not started.`));
  }

  /** Starts it from a copy of the project. */
  start(project: string): Promise<string> {
    this.#url = this.#start(project);
    return this.#url;
  }

  /** Ends it without a chance to tidy up. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async #start(project: string): Promise<string> {
    const port = await freePort();
    const main = path.join(project, 'services/cli/start.mjs');
    const env = {...process.env, ...this.#env, PORT: String(port), HOST: '127.0.0.1'};
    const child = spawn(process.execPath, [main, 'serve', this.#name], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await isReady(url))) {
      if (child.exitCode !== null) throw new Error(`Service ${this.#name} did not start: ${said}`);
      await wait(20);
    }
    return url;
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ok}) => ok,
    () => false,
  );
}
