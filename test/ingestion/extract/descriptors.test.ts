import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

test('a machine that opens no more files rejects no document: it is read when it does again', async (t) => {
  const script = path.join(import.meta.dirname, 'without-descriptors.ts');

  const {stdout} = await promisify(execFile)('/bin/sh', [
    '-c',
    'ulimit -n 256; exec "$0" "$1"',
    process.execPath,
    script,
  ]);

  t.deepEqual(JSON.parse(stdout), {without: 'NotLoaded', again: 'ingested'});
});
