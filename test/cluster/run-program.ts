import {spawn} from 'node:child_process';

/** How a program ended, and what it said. */
export interface Ran {
  /** Null: it could not be started, or a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a program runs. */
export interface Running {
  /** What it reads. (Default: nothing) */
  readonly input?: string;
  /** (Default: this process's) */
  readonly cwd?: string;
  /** (Default: this process's) */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs a program to its end without holding up this process, which may be what the program speaks to. */
export function runProgram(
  program: string,
  words: readonly string[],
  {input = '', cwd = process.cwd(), environment = process.env}: Running = {},
): Promise<Ran> {
  const child = spawn(program, words, {cwd, env: environment});
  const said = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({code: null, ...said, stderr: error.message}));
    child.on('close', (code) => resolve({code, ...said}));
  });
}
