import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../folder.ts';

const holder = path.join(import.meta.dirname, 'leash-holder.ts');

/** Starts a command on the leash of another process, and waits until it has written so many process ids to a file. */
async function onLeash(t: ExecutionContext, shell: string, count: number) {
  const folder = await temporaryFolder(t);
  const pidFile = path.join(folder, 'pids');
  const command = ['/bin/sh', '-c', shell, 'sh', pidFile];
  const log = path.join(folder, 'log');
  const owner = spawn(process.execPath, [holder, log, ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => owner.kill('SIGKILL'));
  let pids: number[] = [];
  while (pids.length < count) {
    await wait(10);
    pids = (await readFile(pidFile, 'utf8').catch(() => '')).trim().split(/\s+/).filter(Boolean).map(Number);
  }
  t.teardown(() => {
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return {owner, pids, log};
}

/** A zombie is dead: whoever inherited it has not asked for it yet. */
async function areGone(pids: readonly number[]): Promise<boolean> {
  const states = pids.filter(isAlive).map((pid) =>
    readFile(`/proc/${pid}/stat`, 'utf8').then(
      (text) => text.slice(text.lastIndexOf(')') + 2)[0] ?? '',
      () => 'Z',
    ),
  );
  return (await Promise.all(states)).every((state) => state === 'Z');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function secondsUntilGone(pids: readonly number[]): Promise<number> {
  const begin = performance.now();
  while (!(await areGone(pids))) {
    const seconds = (performance.now() - begin) / 1000;
    if (seconds > 10) return seconds;
    await wait(20);
  }
  return (performance.now() - begin) / 1000;
}

const python = 'echo $$ > "$1"; exec python3 -m http.server --bind 127.0.0.1 0';
const withGrandchild = 'sleep 1000 & echo $$ $! > "$1"; wait';
const stubborn =
  'trap "" TERM; (trap "" TERM; while :; do sleep 1; done) & echo $$ $! > "$1"; while :; do sleep 1; done';

for (const [name, shell, count] of [
  ['a program that is not ours', python, 1],
  ['a shell and what it started', withGrandchild, 2],
  ['what ignores SIGTERM', stubborn, 2],
] as const)
  test(`${name} is gone within 5 s after its owner was killed`, async (t) => {
    const {owner, pids} = await onLeash(t, shell, count);
    t.false(await areGone(pids));
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const seconds = await secondsUntilGone(pids);
    t.log(`${seconds.toFixed(2)} s`);
    t.true(seconds < 5, `${seconds} s`);
  });

test('a Ctrl-C at the terminal does not reach what is on a leash', async (t) => {
  const {owner, pids} = await onLeash(t, withGrandchild, 2);
  const groups = await Promise.all(
    [owner.pid ?? 0, ...pids].map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8');
      return text.slice(text.lastIndexOf(')') + 2).split(' ')[2];
    }),
  );
  t.not(groups[0], groups[1]);
  t.is(groups[1], groups[2]);
});

test('what a program says is in its log, and it reads nothing of ours', async (t) => {
  const {log, pids} = await onLeash(t, 'echo said; echo wrong >&2; cat; echo $$ > "$1"', 1);
  t.is(await readFile(log, 'utf8'), 'said\nwrong\n');
  t.is(pids.length, 1);
});
