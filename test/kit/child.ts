import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Child {
  process: ChildProcess;
  /** Resolves when a line with these words was printed. */
  printed(words: string): Promise<string>;
  ended: Promise<Ended>;
}

/** Runs a file of this project in a process of its own, with none of this one's environment; killed with the test. */
export function child(
  t: ExecutionContext,
  file: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const started = spawn(process.execPath, [path, ...args], {env: {PATH: process.env['PATH'], ...env}});
  t.teardown(() => started.kill('SIGKILL'));
  const texts = {stdout: '', stderr: ''};
  const waiting: {words: string; found: (line: string) => void}[] = [];
  const look = () => {
    for (const {words, found} of waiting) {
      const line = texts.stdout.split('\n').find((one) => one.includes(words));
      if (line !== undefined) found(line);
    }
  };
  for (const name of ['stdout', 'stderr'] as const) {
    started[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      look();
    });
  }
  const ended = once(started, 'close').then(([code]: (number | null)[]) => ({code: code ?? null, ...texts}));
  return {
    process: started,
    ended,
    printed: (words) =>
      new Promise((resolve, reject) => {
        waiting.push({words, found: resolve});
        look();
        void ended.then((end) =>
          reject(new Error(`It ended before it printed ${words}: ${JSON.stringify(end)}`)),
        );
      }),
  };
}
