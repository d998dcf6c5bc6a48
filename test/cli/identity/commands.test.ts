import test from 'ava';
import {readKeys} from '#kit/wire';
import {writeKubeconfig} from '../../cluster/kubeconfig.ts';
import {apiServer, type KeptSecret} from '../api-server.ts';
import {dip} from '../process.ts';

const textOf = ({data}: KeptSecret, file: string) => Buffer.from(data[file] ?? '', 'base64').toString();
const idsOf = (secret: KeptSecret, half: 'private' | 'public') =>
  readKeys(textOf(secret, `${half}.pem`), half).map(({keyId}) => keyId);

test('keys are made once, rotated, listed without their private halves, and revoked', async (t) => {
  const cluster = await apiServer(t);
  if (cluster === undefined) return;
  const on = ['--context', 'here', '--kubeconfig', await writeKubeconfig(t, cluster.url)];
  const read = () => cluster.secret('dip-identity');

  const missing = await dip(['identity', 'rotate', ...on]);
  t.is(missing.code, 3);
  t.regex(
    missing.stderr,
    /^There is no Secret dip\/dip-identity\. Next: dip identity create --context here --kubeconfig \S+$/m,
  );
  const made = await dip(['identity', 'create', ...on]);
  t.is(made.code, 0, made.stderr);
  const first = await read();
  t.deepEqual(Object.keys(first.data).toSorted(), ['private.pem', 'public.pem']);
  t.is(first.metadata.labels['app.kubernetes.io/part-of'], 'dip');
  t.is(idsOf(first, 'public').length, 1);
  t.deepEqual(idsOf(first, 'private'), idsOf(first, 'public'));

  const again = await dip(['identity', 'create', ...on]);
  t.is(again.code, 0);
  t.regex(again.stderr, /already: nothing is changed/);
  t.deepEqual((await read()).data, first.data);

  const rotations = await Promise.all([1, 2].map(() => dip(['identity', 'rotate', ...on])));
  for (const {code, stderr} of rotations) t.is(code, 0, stderr);
  const three = await read();
  t.is(idsOf(three, 'private').length, 3);
  t.deepEqual(idsOf(three, 'public'), idsOf(three, 'private'));
  t.is(idsOf(three, 'private')[0], idsOf(first, 'private')[0]);

  const listed = await dip(['identity', 'ls', '-o', 'name', ...on]);
  t.deepEqual(listed.stdout.trim().split('\n'), idsOf(three, 'public'));
  const shown = await dip(['identity', 'list', '-o', 'json', ...on]);
  t.like(JSON.parse(shown.stdout), {0: {halves: ['private', 'public']}, length: 3});
  t.notRegex(shown.stdout + listed.stdout, /BEGIN|PRIVATE/);

  const revoked = await dip(['identity', 'rotate', '--revoke', ...on]);
  t.regex(revoked.stderr, /for up to two minutes some requests get 401/);
  const left = await read();
  t.is(idsOf(left, 'private').length, 1);
  t.false(idsOf(three, 'private').includes(idsOf(left, 'private')[0] ?? ''));
});

for (const verb of ['create', 'rotate', 'list']) {
  test(`dip identity ${verb} says that one machine needs none`, async (t) => {
    const {code, stderr} = await dip(['identity', verb]);

    t.is(code, 2);
    t.regex(stderr, /^On one machine `dip dev` makes keys of its own at each start; .*`--context`/);
  });
}
