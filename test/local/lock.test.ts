import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import test from 'ava';
import {FolderTaken, takeFolder} from '../../services/local/lock.ts';
import {temporaryFolder} from './folder.ts';

test('a folder that another process has is refused, naming it, until that process is killed', async (t) => {
  const file = path.join(await temporaryFolder(t), 'lock');
  const holder = spawn(process.execPath, [path.join(import.meta.dirname, 'lock-holder.ts'), file]);
  t.teardown(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  for (let time = 0; time < 3; time++)
    t.throws(() => takeFolder(file, 'port 1'), {
      instanceOf: FolderTaken,
      message: `the DIP with process id ${holder.pid} at http://127.0.0.1:8080`,
    });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  takeFolder(file, 'port 1').release();
});

test('a folder that was released can be taken again', async (t) => {
  const file = path.join(await temporaryFolder(t), 'lock');
  takeFolder(file, 'port 1').release();
  const second = takeFolder(file, 'port 2');
  t.throws(() => takeFolder(file, 'port 3'), {message: `the DIP with process id ${process.pid} at port 2`});
  second.release();
});
