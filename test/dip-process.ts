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
  /** What it has said on its terminal so far. */
  said(): string;
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

/** Starts DIP on a data folder and a free port, and waits until it says that it is up. */
export function startDip(
  dataDirectory: string,
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Dip> {
  const words = [main, 'dev', '--port', '0', '--data-dir', dataDirectory, ...options];
  const child = spawn(process.execPath, words, {
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
      resolve({url, pid: child.pid ?? 0, dataDirectory, said: () => said, stop, kill});
    });
  });
}
