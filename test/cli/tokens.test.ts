import {writeFileSync} from 'node:fs';
import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {writeKubeconfig} from '../cluster/kubeconfig.ts';
import {folder} from '../kit/serving.ts';
import {apiServer} from './api-server.ts';
import {dip} from './process.ts';

const ofRole = (role: string) => new RegExp(`^dip_${role}_[\\w-]{43}$`);

test('a token is shown once, and what is kept does not say it', async (t) => {
  const data = folder(t);
  const made = await dip(['token', 'create', 'ann', '--role', 'review', '--data-dir', data, '-o', 'name']);
  t.is(made.code, 0);
  t.regex(made.stdout.trim(), ofRole('review'));
  t.regex(made.stderr, /shown once/);
  const file = path.join(data, 'tokens', 'ann');
  const kept = await readFile(file, 'utf8');
  t.like(JSON.parse(kept), {role: 'review', expiresAt: null});
  t.false(kept.includes(made.stdout.trim().slice(-43)));
  t.is((await stat(file)).mode & 0o777, 0o600);
  t.is((await stat(path.dirname(file))).mode & 0o777, 0o700);
  t.deepEqual(await readdir(path.dirname(file)), ['ann']);
});

test('tokens are listed with their roles and ends, and one that is taken back is gone', async (t) => {
  const data = ['--data-dir', folder(t)];
  const create = (name: string, ...words: string[]) =>
    dip(['token', 'create', name, '--role', 'submit', ...words, ...data]);
  await create('short', '--expires', '12h', '--rate', '60');
  await create('long');
  const listed = await dip(['token', 'list', '-o', 'json', ...data]);
  const [long, short, ...others] = JSON.parse(listed.stdout);
  t.deepEqual(others, []);
  t.like(long, {name: 'long', role: 'submit', expiresAt: null});
  t.like(short, {name: 'short', ratePerMinute: 60});
  t.is(Date.parse(short.expiresAt) - Date.parse(short.createdAt), 12 * 3_600_000);
  t.notRegex(listed.stdout, /sha256|dip_/);

  const taken = await create('long');
  t.is(taken.code, 1);
  t.regex(taken.stderr, /There is a token long in .*tokens already/);
  t.is((await dip(['token', 'revoke', 'long', ...data])).code, 0);
  const again = await dip(['token', 'revoke', 'long', ...data]);
  t.is(again.code, 3);
  t.regex(again.stderr, /There is no token long/);
  t.is((await dip(['tokens', 'ls', '-o', 'name', ...data])).stdout, 'short\n');
});

test('of what is no token the list says so, and shows the rest', async (t) => {
  const data = folder(t);
  await dip(['token', 'create', 'ann', '--role', 'submit', '--data-dir', data]);
  writeFileSync(path.join(data, 'tokens', 'broken'), 'dip_operate_pasted');
  const {code, stdout, stderr} = await dip(['token', 'list', '-o', 'name', '--data-dir', data]);
  t.deepEqual([code, stdout], [0, 'ann\n']);
  t.regex(stderr, /broken in .* opens nothing: it is no JSON/);
  t.notRegex(stderr, /pasted/);
});

const misuses: [string[], RegExp][] = [
  [['create', 'ann'], /`--role` is submit, review or operate, got nothing/],
  [['create', 'ann', '--role', 'root'], /got `root`/],
  [['create', 'Ann', '--role', 'submit'], /The name of a token is .*, got `Ann`/],
  [['create', '../ann', '--role', 'submit'], /The name of a token is/],
  [['create', '..data', '--role', 'submit'], /The name of a token is/],
  [['create', 'ann', '--role', 'submit', '--expires', '90'], /`--expires` is .*, got `90`/],
  [['create', 'ann', '--role', 'submit', '--expires', '0d'], /`--expires` is/],
  [['create', 'ann', '--role', 'submit', '--expires', '9999w'], /`--expires` is/],
  [['create', 'ann', '--role', 'submit', '--rate', '0'], /`--rate` is a whole number/],
  [['list', '--context', 'a', '--data-dir', 'b'], /got both/],
  [['list', '--namespace', 'a'], /`--namespace` goes with/],
];
for (const [words, says] of misuses) {
  test(`dip token ${words.join(' ')} is a misuse`, async (t) => {
    const {code, stdout, stderr} = await dip(['token', ...words]);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, says);
  });
}

test('a name that can be no token’s is not looked for', async (t) => {
  const {code} = await dip(['token', 'revoke', '../../etc/passwd', '--data-dir', folder(t)]);
  t.is(code, 3);
});

test('on a cluster a token is a key of one Secret, whoever else makes some meanwhile', async (t) => {
  const cluster = await apiServer(t);
  if (cluster === undefined) return;
  const on = ['--kubeconfig', await writeKubeconfig(t, cluster.url)];
  const names = Array.from({length: 8}, (_, index) => `token-${index}`);
  const made = await Promise.all(
    names.map((name) => dip(['token', 'create', name, '--role', 'operate', '-o', 'name', ...on])),
  );
  for (const {code, stdout, stderr} of made) {
    t.is(code, 0, stderr);
    t.regex(stdout.trim(), ofRole('operate'));
  }
  const {data, metadata} = await cluster.secret('dip-tokens');
  t.deepEqual(Object.keys(data).toSorted(), names);
  t.is(metadata.labels['app.kubernetes.io/part-of'], 'dip');
  t.like(JSON.parse(Buffer.from(data['token-0'] ?? '', 'base64').toString()), {role: 'operate'});

  t.is((await dip(['token', 'create', 'token-0', '--role', 'submit', ...on])).code, 1);
  t.is((await dip(['token', 'revoke', 'token-0', ...on])).code, 0);
  t.is((await dip(['token', 'revoke', 'token-0', ...on])).code, 3);
  t.is((await dip(['token', 'list', '-o', 'name', ...on])).stdout, `${names.slice(1).join('\n')}\n`);
  t.deepEqual(Object.keys((await cluster.secret('dip-tokens')).data).toSorted(), names.slice(1));
});

test('of two who take one name on a cluster at once, one is told so', async (t) => {
  const cluster = await apiServer(t);
  if (cluster === undefined) return;
  const on = ['--kubeconfig', await writeKubeconfig(t, cluster.url)];
  await dip(['token', 'create', 'first', '--role', 'submit', ...on]);
  const made = await Promise.all(
    Array.from({length: 4}, () => dip(['token', 'create', 'ann', '--role', 'submit', ...on])),
  );
  t.deepEqual(made.map(({code}) => code).toSorted(), [0, 1, 1, 1]);
});
