import {readFile, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import path from 'node:path';
import test from 'ava';
import {FolderTaken, startLocal} from '#local';
import {brokerAlone, post} from './broker-alone.ts';
import {temporaryFolder} from './folder.ts';
import {ask, event} from './gateway/asking.ts';

test('it takes events until it is stopped, and the next run knows them', async (t) => {
  const options = await brokerAlone(await temporaryFolder(t));
  const first = await startLocal(options);
  t.is((await ask(first.url, post)).status, 202);
  await first.stop();
  await t.throwsAsync(ask(first.url, post), {code: 'ECONNREFUSED'});
  const second = await startLocal(options);
  t.is((await ask(second.url, post)).status, 202);
  await second.stop();
});

test('a port in use is said, and leaves the folder free', async (t) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  t.teardown(() => other.close());
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const options = await brokerAlone(await temporaryFolder(t), {port});
  await t.throwsAsync(startLocal(options), {
    message: `Port ${port} is in use by another program. Choose another with --port.`,
  });
  await (await startLocal({...options, port: 0})).stop();
});

test('a folder that a DIP has is refused to a second, naming the first', async (t) => {
  const options = await brokerAlone(await temporaryFolder(t));
  const first = await startLocal(options);
  const refused = await t.throwsAsync(startLocal(options), {instanceOf: FolderTaken});
  t.is(refused?.message, `the DIP with process id ${process.pid} at ${first.url}`);
  await first.stop();
  await (await startLocal(options)).stop();
});

test('a data folder that can not be made is said', async (t) => {
  const options = await brokerAlone(await temporaryFolder(t));
  const file = path.join(options.directory, 'file');
  await writeFile(file, '');
  await t.throwsAsync(startLocal({...options, dataDirectory: path.join(file, 'data')}), {
    message: /^The data folder .* can't be written: .*--data-dir/,
  });
});

test('what a harmed journal lost is said at the start, and the rest goes on', async (t) => {
  const said: string[] = [];
  const options = await brokerAlone(await temporaryFolder(t), {say: (sentence) => said.push(sentence)});
  const first = await startLocal(options);
  for (const id of ['a', 'b', 'c']) await ask(first.url, {...post, headers: {...event, 'ce-id': id}});
  await first.stop();
  const file = path.join(options.dataDirectory, 'journal', '0000000000.journal');
  const bytes = await readFile(file);
  const harmed = bytes.indexOf('"id":"b"');
  bytes.write('"id":"x"', harmed);
  await writeFile(file, bytes);

  const second = await startLocal(options);
  t.regex(said.join('\n'), /Bytes \d+ to \d+ can't be read in .*\.journal\. Lost: event 1/);
  t.is((await ask(second.url, post)).status, 202);
  await second.stop();
});
