import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import path from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {freePort} from '../kit/ports.ts';
import {isSoonFree, takeMachineLock} from './machine-lock.ts';

test('a lock is had by one at a time, and by the next when it is released', async (t) => {
  const port = await freePort();
  let holders = 0;
  const most: number[] = [];
  const use = async () => {
    const lock = await takeMachineLock(port);
    most.push(++holders);
    // Long enough for all others to have asked for it.
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    holders--;
    await lock.release();
  };

  await Promise.all([use(), use(), use(), use()]);

  t.deepEqual(most, [1, 1, 1, 1]);
});

test('the lock of a process that was killed is free', async (t) => {
  const port = await freePort();
  const module = pathToFileURL(path.join(import.meta.dirname, 'machine-lock.ts')).href;
  const code = `const {takeMachineLock} = await import('${module}'); await takeMachineLock(${port}); console.log('taken'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');

  const lock = takeMachineLock(port);
  holder.kill('SIGKILL');

  await (await lock).release();
  t.pass();
});

test('a port that somebody has only for a moment is soon free, and one that is kept is not', async (t) => {
  const port = await freePort();
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');

  t.false(await isSoonFree(port, 0));
  const soon = isSoonFree(port, 60_000);
  holder.close();

  t.true(await soon);
});
