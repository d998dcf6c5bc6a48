import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {main} from './process.ts';

test('a start says where DIP is and nothing else, and an end what becomes of the data', async (t) => {
  const child = spawn(process.execPath, [main, 'dev', '--ephemeral', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stderr = text(child.stderr);
  const stdout = new Promise<string>((resolve) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (/ next .*\n/.test(said)) resolve(said);
    });
    child.once('exit', () => resolve(said));
  });

  const folder = /^ {2}data +(\S+)$/m.exec(await stdout)?.[1] ?? '';
  t.true(existsSync(folder), await stdout);
  t.true((await stdout).startsWith('DIP is up at http://127.0.0.1:'));
  child.kill('SIGINT');

  t.is(
    await stderr,
    'Stopping: work under way is ended, the rest is deleted with all data. Ctrl-C again stops at once.\n',
  );
  t.false(existsSync(folder));
});
