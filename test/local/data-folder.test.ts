import {realpathSync, statSync} from 'node:fs';
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type LocalOptions, startLocal} from '#local';
import {noteFlushes} from '../flushed-folders.ts';
import {skip} from '../skip.ts';
import {brokerAlone, post} from './broker-alone.ts';
import {temporaryFolder} from './folder.ts';
import {ask} from './gateway/asking.ts';

async function started(t: ExecutionContext, options: LocalOptions) {
  const local = await startLocal(options);
  t.teardown(() => local.stop());
  return local;
}

test.serial(
  'the names of new folders and files are on the disk before the first event is accepted',
  async (t) => {
    if (process.platform !== 'linux') return skip(t, 'which folder a handle is of is asked of /proc');
    const folder = await temporaryFolder(t);
    const above = path.join(folder, 'above');
    const dataDirectory = path.join(above, 'data');
    const flushed = await noteFlushes(t);
    const {url} = await started(t, await brokerAlone(folder, {dataDirectory}));

    t.is((await ask(url, post)).status, 202);

    const journal = path.join(dataDirectory, 'journal');
    const names = [above, dataDirectory, journal, path.join(journal, '0000000000.journal')];
    t.deepEqual(
      names.filter((name) => !flushed.has(realpathSync(name))),
      [],
    );
  },
);

const spoilt: Record<string, [(folder: string) => Promise<unknown>, string]> = {
  'a folder in the place of its lock': [(folder) => mkdir(path.join(folder, 'lock')), 'lock'],
  'garbage in its lock': [(folder) => writeFile(path.join(folder, 'lock'), 'garbage '.repeat(999)), 'lock'],
  'a file in the place of its journal': [(folder) => writeFile(path.join(folder, 'journal'), ''), 'journal'],
  'a file in the place of its keys': [(folder) => writeFile(path.join(folder, 'identity'), ''), 'identity'],
};
for (const [what, [spoil, name]] of Object.entries(spoilt)) {
  test.serial(`a data folder with ${what} is a sentence that names both`, async (t) => {
    const options = await brokerAlone(await temporaryFolder(t));
    const {dataDirectory} = options;
    await mkdir(dataDirectory);
    await spoil(dataDirectory);

    const error = await t.throwsAsync(startLocal(options));

    t.true(error?.message.startsWith(`The data folder ${dataDirectory} can't be used: `), error?.message);
    t.true(error?.message.includes(path.join(dataDirectory, name)), error?.message);
  });
}

test.serial('a start closes a data folder that others of the machine can read', async (t) => {
  const said: string[] = [];
  const options = await brokerAlone(await temporaryFolder(t), {say: (sentence) => said.push(sentence)});
  await mkdir(path.join(options.dataDirectory, 'blobs'), {recursive: true});
  await chmod(options.dataDirectory, 0o755);

  await started(t, options);

  t.is(statSync(options.dataDirectory).mode & 0o777, 0o700);
  t.regex(said.join('\n'), /^Others of this machine could read data in /);
});
