/** Keys that change while they are in use: both clocks are the test's. */
import {mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {decodeProtectedHeader} from 'jose';
import {type Asking, NoKey, newKeyPair, readKeys, signer} from '#kit/wire';
import {Unsigned, verifier} from '../../../services/kit/identity/verifier.ts';
import {folder} from '../serving.ts';

const minute = 60_000;
const began = Date.parse('2026-01-31T09:00:00Z');
const {person, ...asked}: Asking = {
  person: {name: 'ann', role: 'submit'},
  service: 'archive',
  method: 'GET',
  path: '/documents/1',
};
const [first, second] = [newKeyPair(new Date(began - 600 * minute)), newKeyPair(new Date(began))];
const idOf = ({publicPem}: {publicPem: string}) => readKeys(publicPem, 'public')[0]?.keyId;

/** A way in and a service over one folder of keys, whose time goes by when it is told to. */
function keptKeys(t: ExecutionContext) {
  const at = folder(t);
  const said: string[] = [];
  let passed = 0;
  const time = {
    warn: (sentence: string) => void said.push(sentence),
    now: () => began + passed,
    clock: () => 1_000_000 + passed,
  };
  const put = (half: 'private' | 'public', ...blocks: string[]) =>
    writeFileSync(path.join(at, `${half}.pem`), blocks.join(''));
  const start = () => {
    const [sign, verify] = [signer(at, time), verifier(at, time)];
    return {
      token: (validMs = minute) => sign({person, ...asked}, validMs),
      signsWith: async () => decodeProtectedHeader(await sign({person, ...asked}, minute)).kid,
      verify: (token: string) => verify(token, asked),
    };
  };
  const remove = (half: 'private' | 'public') => rmSync(path.join(at, `${half}.pem`));
  const pass = (ms: number) => {
    passed += ms;
  };
  return {at, put, remove, start, said, pass};
}

/** Changes a file as the kubelet changes those of a Secret: by a folder beside it, to which a link leads. */
function mounted(into: string, name: string): (text: string) => void {
  let round = 0;
  return (text) => {
    const [before, next] = [`..${round++}`, `..${round}`];
    mkdirSync(path.join(into, next));
    writeFileSync(path.join(into, next, name), text);
    symlinkSync(next, path.join(into, '..data_tmp'));
    renameSync(path.join(into, '..data_tmp'), path.join(into, '..data'));
    if (round === 1) symlinkSync(path.join('..data', name), path.join(into, name));
    rmSync(path.join(into, before), {recursive: true, force: true});
  };
}

test('a new key signs five minutes after it was seen, never before', async (t) => {
  const {put, start, pass} = keptKeys(t);
  put('private', first.privatePem);
  const {signsWith} = start();
  t.is(await signsWith(), idOf(first));

  // Made, by its own word, long ago: what counts is when it came here.
  const late = newKeyPair(new Date(began - 300 * minute));
  put('private', first.privatePem, late.privatePem);
  pass(2_000);
  t.is(await signsWith(), idOf(first));
  pass(5 * minute - 1);
  t.is(await signsWith(), idOf(first));
  pass(1);
  t.is(await signsWith(), idOf(late));
});

test('whoever starts after a rotation waits five minutes from when the key was made', async (t) => {
  const {put, start, pass} = keptKeys(t);
  put('private', first.privatePem, second.privatePem);

  pass(5 * minute - 1);
  t.is(await start().signsWith(), idOf(first));
  pass(1);
  t.is(await start().signsWith(), idOf(second));
});

test('where no key is old enough the oldest signs at once', async (t) => {
  const {put, start} = keptKeys(t);
  put('private', second.privatePem, newKeyPair(new Date(began)).privatePem);

  t.is(await start().signsWith(), idOf(second));
});

test('a service takes every key that is there, and none that is not', async (t) => {
  const {put, start, pass} = keptKeys(t);
  put('public', first.publicPem, second.publicPem);
  const service = start();
  for (const {privatePem} of [first, second]) {
    put('private', privatePem);
    t.deepEqual(await service.verify(await start().token()), person);
  }

  const token = await start().token();
  put('public', first.publicPem);
  pass(2_000);
  await t.throwsAsync(service.verify(token), {instanceOf: Unsigned});
});

for (const [what, text] of Object.entries({
  'is cut off': second.publicPem.slice(0, 70),
  'is empty': '',
  'holds something else': 'nothing of ours',
})) {
  test(`a file that ${what} for a moment changes nothing`, async (t) => {
    const {put, start, pass} = keptKeys(t);
    put('private', first.privatePem);
    put('public', first.publicPem);
    const {verify, token} = start();
    t.deepEqual(await verify(await token()), person);

    put('public', text);
    pass(2_000);
    t.deepEqual(await verify(await token()), person);
    put('public', first.publicPem);
    pass(2_000);
    t.deepEqual(await verify(await token()), person);
  });
}

test('a file that is away for a moment changes nothing', async (t) => {
  const {put, remove, start, pass} = keptKeys(t);
  put('private', first.privatePem);
  put('public', first.publicPem);
  const {verify, token} = start();
  const good = await token();
  t.deepEqual(await verify(good), person);

  remove('public');
  pass(2_000);
  const look = verify(good);
  setTimeout(() => put('public', first.publicPem), 10);
  t.deepEqual(await look, person);
});

test('what is wrong with a file is said once, without a word of it', async (t) => {
  const {put, start, pass, said} = keptKeys(t);
  put('private', 'SECRET');
  const {token} = start();
  for (let look = 0; look < 3; look++) {
    await t.throwsAsync(token(), {instanceOf: NoKey});
    pass(2_000);
  }

  t.is(said.length, 1);
  t.regex(said[0] ?? '', /private\.pem can't be read: there is no block of PEM\.$/);
});

test('without their file nobody is believed any more', async (t) => {
  const {put, remove, start, pass} = keptKeys(t);
  put('private', first.privatePem);
  put('public', first.publicPem);
  const {verify, token} = start();
  const good = await token();
  t.deepEqual(await verify(good), person);

  remove('public');
  remove('private');
  pass(2_000);
  await t.throwsAsync(verify(good), {message: /^This service has no key .*: see `dip identity create`\.$/});
  await t.throwsAsync(token(), {instanceOf: NoKey});
});

test('a Secret’s volume that changes again and again is never caught without keys', async (t) => {
  const {at, put, start, pass, said} = keptKeys(t);
  const swap = mounted(at, 'public.pem');
  swap(first.publicPem);
  put('private', first.privatePem);
  const {verify, token} = start();
  const good = await token(60 * minute);

  for (let round = 0; round < 300; round++) {
    pass(2_000);
    const look = verify(good);
    swap(round % 2 === 0 ? first.publicPem + second.publicPem : first.publicPem);
    t.deepEqual(await look, person);
  }
  t.deepEqual(said, []);
});

test('keys that come later are used without a new start', async (t) => {
  const {put, start, pass} = keptKeys(t);
  const {verify, token} = start();
  await t.throwsAsync(token(), {instanceOf: NoKey});
  await t.throwsAsync(verify('x'), {instanceOf: Unsigned});

  put('private', second.privatePem);
  put('public', second.publicPem);
  pass(2_000);
  t.deepEqual(await verify(await token()), person);
});
