/** What belongs to the project is what people wrote for it. */
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {skip} from '../skip.ts';

const project = path.join(import.meta.dirname, '../..');

test('nothing that a run of DIP has left is in the project: no keys, journals or databases', async (t) => {
  const git = await promisify(execFile)('git', ['-C', project, 'ls-files']).catch(() => undefined);
  if (git === undefined)
    return void skip(t, 'what is in the project is not looked at, as this is no checkout');

  const left = git.stdout.split('\n').filter((name) => /\.(pem|key|journal|sqlite(-wal|-shm)?)$/.test(name));

  t.deepEqual(left, []);
});
