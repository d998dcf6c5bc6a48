import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {runBuilt} from '../../services/image/built-service.ts';
import {bundleScript} from '../../services/image/bundle.ts';

const contents = `import {readConfig, start} from '#kit/wire';
  import {notary} from './test/kit/notary.ts';
  void start(notary, readConfig()).then(({url}) => process.stdout.write('notary at ' + url + '\\n'));`;

/** Makes of the service what an image holds, as it is started a thousand times. Returns the folder. */
export async function buildClerk(folder: string): Promise<string> {
  const out = path.join(folder, 'built');
  await mkdir(out, {recursive: true});
  await bundleScript('service', contents, {found: {files: new Map(), threads: new Map()}, out});
  const running = await runBuilt(out, {
    node: process.execPath,
    env: {DIP_DATA_DIR: path.join(folder, 'tried')},
  });
  await running.writeCaches(['service']);
  running.kill();
  return out;
}

/** A process with doors at which people decide things, killed and started again on the same state. */
export class Clerk {
  readonly #built: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #url: Promise<string> = Promise.reject(new Error('It was never started.'));

  /** @param built the folder that `buildClerk` has made */
  constructor(built: string, environment: Readonly<Record<string, string>>) {
    this.#built = built;
    this.#environment = environment;
    this.#url.catch(() => {});
  }

  /** Whether it takes requests, as far as is known. */
  isUp = false;

  /** Where it is, once it takes requests. */
  get url(): Promise<string> {
    return this.#url;
  }

  start(attempts = 5): Promise<string> {
    const {PATH = ''} = process.env;
    const env = {PATH, ...this.#environment, PORT: '0'};
    const child = spawn(process.execPath, [path.join(this.#built, 'service.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#url = new Promise((resolve, reject) => {
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said = (said + text).slice(-2_000);
          const url = /notary at (\S+)\n/.exec(said)?.[1];
          // What a process that was killed had still to say comes after its end, and must not pass for its successor.
          if (url === undefined || this.#child !== child || this.isUp) return;
          this.isUp = true;
          resolve(url);
        });
      child.once('exit', (_code, signal) => {
        if (signal === 'SIGKILL' || attempts === 1) reject(new Error(`It ended: ${said}`));
        // What it needs may be held by one that was killed a moment ago; a platform starts it again, too.
        else resolve(this.start(attempts - 1));
      });
    });
    // Whoever asks it meanwhile hears of it; a clerk that is killed was told to.
    this.#url.catch(() => {});
    return this.#url;
  }

  /** Ends it without a chance to tidy up. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.isUp = false;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
