import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, readlinkSync} from 'node:fs';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';

/** A program that is process 1 of its own, as it is in a container. */
export interface ProcessOne {
  /** Sends SIGTERM as the kubelet does, from outside. */
  tell(): void;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs a program as process 1 of a PID namespace, whose signals the kernel drops where there is no handler, and waits
 * until it is what runs there; killed with the test.
 */
export async function asProcessOne(
  t: ExecutionContext,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ProcessOne> {
  const outside = spawn('unshare', ['--pid', '--fork', '--mount-proc', ...words], {env, stdio: 'ignore'});
  const ended = once(outside, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const pid = await inside(outside);
  t.teardown(async () => {
    if (outside.exitCode === null) process.kill(pid, 'SIGKILL');
    await ended;
  });
  return {ended, tell: () => void (outside.exitCode === null && process.kill(pid, 'SIGTERM'))};
}

/** The process that `unshare` has made, once it has become the program. */
async function inside(outside: ChildProcess): Promise<number> {
  while (outside.exitCode === null) {
    const pid = Number(readOr('', () => children(outside.pid ?? 0)));
    if (pid > 0 && !readOr('unshare', () => readlinkSync(`/proc/${pid}/exe`)).endsWith('unshare')) return pid;
    await nextTurn();
  }
  throw new Error(`Expected a program in a PID namespace, but unshare ended with ${outside.exitCode}.`);
}

function children(pid: number): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
}

/** What is in /proc may go at any moment. */
function readOr(otherwise: string, read: () => string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
