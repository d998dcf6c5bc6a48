import {chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {readKeys} from '#kit/wire';
import {makeOwnIdentity} from '../../services/local/own-identity.ts';
import {temporaryFolder} from './folder.ts';

const modeOf = (file: string) => statSync(file).mode & 0o777;

test('nobody else on the machine can read the keys, whatever was there before', async (t) => {
  const data = await temporaryFolder(t);
  const folder = path.join(data, 'identity');
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  for (const name of ['private.pem', 'private.pem.new']) {
    writeFileSync(path.join(folder, name), 'left over');
    chmodSync(path.join(folder, name), 0o666);
  }

  makeOwnIdentity(data);

  t.is(modeOf(folder), 0o700);
  t.deepEqual(readdirSync(folder).toSorted(), ['private.pem', 'public.pem']);
  for (const name of readdirSync(folder)) t.is(modeOf(path.join(folder, name)), 0o600, name);
});

test('each start has a pair of its own', async (t) => {
  const data = await temporaryFolder(t);
  const idOf = (half: 'private' | 'public') => {
    const [key, ...others] = readKeys(readFileSync(path.join(data, 'identity', `${half}.pem`), 'utf8'), half);
    t.deepEqual(others, []);
    return key?.keyId;
  };

  makeOwnIdentity(data);
  const first = idOf('public');
  t.is(idOf('private'), first);
  makeOwnIdentity(data);
  t.not(idOf('public'), first);
  t.is(idOf('private'), idOf('public'));
});
