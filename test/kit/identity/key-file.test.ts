import {generateKeyPairSync, KeyObject} from 'node:crypto';
import test from 'ava';
import {blocksOf, newKeyPair, readKeys} from '#kit/wire';

const [one, other] = [
  newKeyPair(new Date('2026-01-31T09:00:00Z')),
  newKeyPair(new Date('2026-02-01T09:00:00Z')),
];

test('both halves of a pair are known by one id, and say when they were made', (t) => {
  const privates = readKeys(one.privatePem + other.privatePem, 'private');
  const publics = readKeys(`words\n${one.publicPem}\n${other.publicPem}`, 'public');

  t.deepEqual(
    privates.map(({keyId}) => keyId),
    publics.map(({keyId}) => keyId),
  );
  t.deepEqual(
    publics.map(({createdAt}) => new Date(createdAt).toISOString()),
    ['2026-01-31T09:00:00.000Z', '2026-02-01T09:00:00.000Z'],
  );
  t.not(publics[0]?.keyId, publics[1]?.keyId);
});

test('a key without a line before it is as old as can be', (t) => {
  t.is(readKeys(one.publicPem.replace(/^Created.*\n/, ''), 'public')[0]?.createdAt, 0);
});

test('blocks are the file again, one after the other', (t) => {
  const text = one.privatePem + other.privatePem;

  t.is(
    blocksOf(text)
      .map((block) => block.text)
      .join(''),
    text,
  );
});

const rsa = generateKeyPairSync('rsa', {modulusLength: 2048}).publicKey.export({type: 'spki', format: 'pem'});
const wrong: [string, string, 'private' | 'public', RegExp][] = [
  ['nothing', '\n', 'public', /no block/],
  ['words', 'a key of ours', 'public', /no block/],
  ['a block that is broken off', one.privatePem.slice(0, -10), 'private', /has no end/],
  ['a second block that is broken off', one.publicPem + other.publicPem.slice(0, 80), 'public', /has no end/],
  ['a key of another kind', one.publicPem + String(rsa), 'public', /^block 2 is no public Ed25519 key$/],
  ['a public half for a private one', one.publicPem, 'private', /^block 1 is no private Ed25519 key$/],
  ['damaged letters', one.privatePem.replace('MC4C', 'AAAA'), 'private', /^block 1 is no private/],
];
for (const [what, text, half, message] of wrong) {
  test(`${what}: refused, without a word of it`, (t) => {
    t.throws(() => readKeys(text, half), {message});
  });
}

test('a key object of a public block is no private one', (t) => {
  const [key] = readKeys(one.publicPem, 'public');

  t.true(key?.key instanceof KeyObject);
  t.is(key?.key.type, 'public');
});
