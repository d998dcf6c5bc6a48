import test from 'ava';
import {newKeyPair, readKeys} from '#kit/wire';
import {type Halves, halvesIn, pairsOf, rotated} from '../../../services/cli/identity/halves.ts';

const title = 'Secret dip/dip-identity';
const minutes = (count: number) => new Date(Date.parse('2026-01-31T09:00:00Z') + count * 60_000);
const first: Halves = newKeyPair(minutes(0));
const rotate = (halves: Halves, at: number, isRevoked = false) =>
  rotated(halves, {now: minutes(at), isRevoked, title});
const made = (halves: Halves) => pairsOf(halves, title).map(({createdAt}) => createdAt);

test('a rotation adds a pair after those that are there', (t) => {
  const twice = rotate(rotate(first, 60), 62);

  t.deepEqual(
    made(twice),
    [minutes(0), minutes(60), minutes(62)].map((time) => time.toISOString()),
  );
  t.true(twice.privatePem.startsWith(first.privatePem));
  for (const {halves} of pairsOf(twice, title)) t.deepEqual(halves, ['private', 'public']);
});

test('a key goes when its successor was made more than 15 minutes before, not earlier', (t) => {
  const two = rotate(first, 60);

  t.is(made(rotate(two, 75)).length, 3);
  t.deepEqual(
    made(rotate(two, 76)),
    [minutes(60), minutes(76)].map((time) => time.toISOString()),
  );
});

test('however long ago it was made, the newest key stays, for the console still signs with it', (t) => {
  t.true(rotate(first, 1_000_000).publicPem.startsWith(first.publicPem));
});

test('a revocation leaves one new pair alone', (t) => {
  const left = rotate(rotate(first, 60), 61, true);

  t.deepEqual(made(left), [minutes(61).toISOString()]);
  t.is(readKeys(left.privatePem, 'private')[0]?.keyId, readKeys(left.publicPem, 'public')[0]?.keyId);
});

test('a public key whose private half is elsewhere stays', (t) => {
  const elsewhere = newKeyPair(minutes(-600)).publicPem;
  const two = rotate({...first, publicPem: elsewhere + first.publicPem}, 60);

  t.deepEqual(pairsOf(rotate(two, 76), title)[0]?.halves, ['public']);
});

test('what is no key is refused without a word of it', (t) => {
  const broken = {...first, privatePem: first.privatePem.replaceAll('M', 'SECRET')};

  const error = t.throws(() => rotate(broken, 60), {
    message: /^Of private\.pem in Secret dip\/dip-identity /,
  });
  t.false(error?.message.includes('SECRET'));
  t.throws(() => halvesIn(new Map([['public.pem', first.publicPem]]), title), {
    message: /has no private\.pem/,
  });
});
