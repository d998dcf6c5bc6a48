import {realpathSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {noteFlushes} from '../flushed-folders.ts';
import {skip} from '../skip.ts';
import {answering} from './once-services.ts';
import {deliver, folder, letter, serving} from './serving.ts';

test('the name of a new folder of databases is on the disk before the first reply', async (t) => {
  if (process.platform !== 'linux') return skip(t, 'which folder a handle is of is asked of /proc');
  const dataDirectory = folder(t);
  const flushed = await noteFlushes(t);
  const {url} = await serving(t, answering({word: 'yes'}), {
    dataDirectory: path.join(dataDirectory, 'new'),
    identityDirectory: path.join(dataDirectory, 'identity'),
  });

  t.is((await deliver(url, letter('1'))).status, 200);

  t.true(flushed.has(realpathSync(path.join(dataDirectory, 'new'))));
  t.true(flushed.has(realpathSync(path.join(dataDirectory, 'new/databases'))));
});
