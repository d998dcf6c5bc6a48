import {spawn} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {startDip} from '../dip-process.ts';
import {main} from './process.ts';

test('a start says where DIP is and nothing else, and an end what becomes of the data', async (t) => {
  const {said, stop} = await started();

  const folder = /^ {2}data +(\S+)$/m.exec(said)?.[1] ?? '';
  t.true(existsSync(folder), said);
  t.true(said.startsWith('DIP is up at http://127.0.0.1:'));

  t.is(
    await stop(),
    'Stopping: work under way is ended, the rest is deleted with all data. Ctrl-C again stops at once.\n',
  );
  t.false(existsSync(folder));
});

test('a start with manifests of no service says so', async (t) => {
  const folder = path.join(import.meta.dirname, '../../config');

  const {stop} = await started('--manifests', folder);

  t.true(
    (await stop()).startsWith(`The manifests in ${folder} hold no Knative Service: nothing will run.\n`),
  );
});

test('what is kept of letters is for nobody else of the machine', async (t) => {
  const above = await mkdtemp(path.join(tmpdir(), 'dip-test-'));
  t.teardown(() => rm(above, {recursive: true, force: true}));
  const dip = await startDip(path.join(above, 'data'));
  const headers = {'content-type': 'text/plain', prefer: 'wait=30'};
  const body = 'My mortgage payment of $100.00 was booked twice.';
  const answer = await fetch(`${dip.url}/api/ingestion/documents`, {method: 'POST', headers, body});
  await dip.stop();

  t.is(answer.status, 200);
  const kept = readdirSync(above, {recursive: true, encoding: 'utf8'});
  t.true(kept.some((name) => name.includes('documents')) && kept.some((name) => name.endsWith('.sqlite')));
  const open = kept.filter((name) => (statSync(path.join(above, name)).mode & 0o077) !== 0);
  t.deepEqual(open, []);
});

/** @returns what it says on stdout until it is up; `stop` gives what it said on stderr. */
async function started(...words: readonly string[]): Promise<{said: string; stop: () => Promise<string>}> {
  const child = spawn(process.execPath, [main, 'dev', '--ephemeral', '--port', '0', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stderr = text(child.stderr);
  const said = await new Promise<string>((resolve) => {
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (/ next .*\n/.test(stdout)) resolve(stdout);
    });
    child.once('exit', () => resolve(stdout));
  });
  const stop = () => {
    child.kill('SIGINT');
    return stderr;
  };
  return {said, stop};
}
