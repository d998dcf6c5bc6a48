import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import test from 'ava';
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
