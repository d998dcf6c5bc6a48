import {rm} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {dip} from '../cli/process.ts';
import {startDip, temporaryFolder} from '../dip-process.ts';

const letter = fileURLToPath(new URL('../documents/credit-card.txt', import.meta.url));

test('a DIP that others reach answers who has a token, and its services need none', async (t) => {
  const data = await temporaryFolder();
  const made = await dip([
    'token',
    'create',
    'post-room',
    '--role',
    'submit',
    '--data-dir',
    data,
    '-o',
    'name',
  ]);
  const running = await startDip(data, ['--host', '0.0.0.0']);
  t.teardown(async () => {
    await running.kill();
    await rm(data, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
  });
  const server = running.url.replace('0.0.0.0', '127.0.0.1');
  const submit = ['doc', 'submit', letter, '--wait', '-o', 'json', '--server', server];

  const submitted = await dip(submit, {env: {DIP_TOKEN: made.stdout.trim()}});
  const refused = await dip(submit);

  t.is(submitted.code, 0, submitted.stderr);
  t.is(JSON.parse(submitted.stdout).status, 'answered');
  t.regex(refused.stdout, /put a token into DIP_TOKEN/);
});
