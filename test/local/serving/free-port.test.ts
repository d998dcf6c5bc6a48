import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {freePort} from '../../../services/local/serving/free-port.ts';

const source = path.join(import.meta.dirname, '../../../services/local/serving/free-port.ts');
const run = promisify(execFile);

test('a port is none that a system gives out by itself, and comes once', async (t) => {
  const ports: number[] = [];
  for (let turn = 0; turn < 200; turn++) ports.push(await freePort());

  t.true(Math.min(...ports) >= 20_000);
  t.true(Math.max(...ports) < 32_768);
  t.is(new Set(ports).size, 200);
});

test.serial('a port on which somebody listens is passed over, on whichever address it is', async (t) => {
  for (const address of ['127.0.0.1', '0.0.0.0', '::']) {
    const port = await freePort();
    const taken = createServer().listen(port + 1, address);
    await once(taken, 'listening');

    const other = await freePort();
    taken.close();

    t.true(other > port + 1, `${address}: ${other} after ${port}`);
  }
});

test('processes that choose at the same time choose different ports', async (t) => {
  const script = `const {freePort} = await import(${JSON.stringify(source)});
    for (let turn = 0; turn < 100; turn++) console.log(await freePort());`;
  const choices = await Promise.all(
    [1, 2, 3, 4].map(() => run(process.execPath, ['--input-type=module', '-e', script])),
  );

  const ports = choices.flatMap(({stdout}) => stdout.trim().split('\n'));
  t.is(ports.length, 400);
  t.is(new Set(ports).size, 400);
});
