import {execFile} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';
import {promisify} from 'node:util';

/** A process that another one has started, directly or not. */
export interface Descendant {
  readonly pid: number;
  readonly command: string;
}

/** The processes below one, as `ps` sees them now. */
export async function descendantsOf(pid: number): Promise<Descendant[]> {
  const all = await running();
  const below = (parent: number): Descendant[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

/** The service that a process runs; undefined for one that runs none, such as the shell that watches over it. */
export function serviceOf({command}: Descendant): string | undefined {
  return /^\S*node \S*services\/cli\/\S+ serve ([a-z-]+)$/.exec(command)?.[1];
}

/** Waits until none of the processes is left. Resolves with how long that took, or rejects after the limit. */
export async function untilGone(processes: readonly Descendant[], limitMs: number): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const alive = new Set((await running()).map(({pid}) => pid));
    const left = processes.filter(({pid}) => alive.has(pid));
    const ms = Math.round(performance.now() - begin);
    if (left.length === 0) return ms;
    if (ms > limitMs)
      throw new Error(`Still alive after ${ms} ms: ${left.map(({command}) => command).join(', ')}.`);
    await wait(100);
  }
}

/** All processes but those that have ended and that nobody has asked about yet. */
async function running(): Promise<(Descendant & {parent: number})[]> {
  const {stdout} = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args=']);
  return [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+[^Z\s]\S*\s+(.*)$/gm)].map(
    ([, pid, parent, command = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      command,
    }),
  );
}
