import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';

/** The file that `npx dip` runs. */
export const main = fileURLToPath(new URL('../../services/cli/start.mjs', import.meta.url));

export interface Ended {
  /** Null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  interrupt(): void;
  /** Ends it without a chance to do anything. */
  kill(): void;
  /** Stops reading what it prints, as `head` does. */
  stopReading(): void;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** What comes on stdin; default nothing. */
  readonly input?: string;
}

/** Runs `dip` as a process of its own and waits for its end. */
export function dip(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return startDip(args, surroundings).ended;
}

/** Starts `dip` with none of this process's environment, so that a developer's settings change no test. */
export function startDip(args: readonly string[], {env = {}, input = ''}: Surroundings = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {env: {PATH: process.env['PATH'], ...env}});
  const texts = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  child.stdin.end(input);
  const {promise, resolve, reject} = Promise.withResolvers<Ended>();
  child.on('error', reject);
  child.on('close', (code) => resolve({code, ...texts}));
  return {
    ended: promise,
    interrupt: () => child.kill('SIGINT'),
    kill: () => child.kill('SIGKILL'),
    stopReading: () => child.stdout.destroy(),
  };
}
