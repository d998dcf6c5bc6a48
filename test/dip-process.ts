import {spawn} from 'node:child_process';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** A DIP that runs as a process of its own, as `npm start` runs it. */
export interface Dip {
  readonly url: string;
  readonly pid: number;
  readonly dataDirectory: string;
  /** All that it has said so far, on standard output and error. */
  said(): string;
  /** Resolves to its exit code when it has ended, however it does. */
  readonly ended: Promise<number | null>;
  /** Ends it as Ctrl-C does, and waits until it has ended. */
  stop(): Promise<number | null>;
  /** Ends it without a chance to tidy up, and waits until it has ended. */
  kill(): Promise<void>;
}

const main = fileURLToPath(new URL('../services/cli/start.mjs', import.meta.url));

/** A new folder that belongs to one test. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'dip-test-'));
}

/** What the shell of a developer, or of a workspace in a pod, may say to other programs. */
const notMeantForDip = {
  DATABASE_URL: 'postgres://127.0.0.1:1/somebody-elses',
  BLOBS_URL: 's3://somebody-elses',
  KUBERNETES_SERVICE_HOST: '10.0.0.1',
  K_SINK: 'http://127.0.0.1:1/somebody/elses',
  PORT: '1',
  HOST: 'somebody-elses',
};

/**
 * Starts DIP on a data folder and a free port, and waits until it says that it is up.
 *
 * @param before what the shell does first that starts it, such as `ulimit -n 256`
 * @throws Error with its exit code and all that it said, when it ends before that
 */
export function startDip(
  dataDirectory: string,
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  before = ':',
): Promise<Dip> {
  const words = [main, 'dev', '--port', '0', '--data-dir', dataDirectory, ...options];
  const child = spawn('/bin/sh', ['-c', `${before}; exec "$0" "$@"`, process.execPath, ...words], {
    env: {...process.env, ...notMeantForDip, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    void ended.then((code) => reject(new Error(`DIP ended with ${code}: ${said}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const url = /DIP is up at (\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      const stop = async () => {
        child.kill('SIGINT');
        return ended;
      };
      const kill = async () => {
        child.kill('SIGKILL');
        await ended;
      };
      resolve({url, pid: child.pid ?? 0, dataDirectory, said: () => said, ended, stop, kill});
    });
  });
}
