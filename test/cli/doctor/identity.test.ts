import test from 'ava';
import {newKeyPair} from '#kit/wire';
import {identity} from '../../../services/cli/doctor/checks/identity.ts';
import {type IdentityKeys, identityKeys} from '../../../services/cli/doctor/identity-secret.ts';
import {kinds, type Snapshot} from '../../../services/cli/doctor/snapshot.ts';
import {healthy, put, withObject} from './healthy.ts';

const keys = (value: IdentityKeys | undefined) => healthy({identity: {value}});
const mounting = (service: string, secret?: object) =>
  withObject(kinds.service, service, (object) =>
    put(
      object,
      ['spec', 'template', 'spec', 'volumes'],
      secret === undefined ? [] : [{name: 'identity', ...secret}],
    ),
  );
const all = {secret: {secretName: 'dip-identity'}};

test('keys that match, of which the console alone can sign, are ok', (t) => {
  const [finding, ...others] = identity.examine(healthy());

  t.deepEqual(others, []);
  t.like(finding, {
    standing: 'ok',
    sentence: 'Secret dip-identity has 2 pairs of keys; the console alone can sign.',
  });
});

const broken: [string, Snapshot, RegExp][] = [
  ['no keys', keys(undefined), /^Secret dip-identity is not there: the console answers 503/],
  ['one half alone', keys({private: undefined, public: ['a'], faults: []}), /has no private\.pem: nobody/],
  [
    'pairs of which a half is missing',
    keys({private: ['a', 'b'], public: ['a'], faults: []}),
    /no public half of b:/,
  ],
  [
    'what is no key',
    keys({private: [], public: ['a'], faults: ['private.pem: x']}),
    /can't be read, private\.pem: x\.$/,
  ],
  [
    'a door without the public half',
    mounting('archive'),
    /^archive does not mount public\.pem: .* 401 to everybody\.$/,
  ],
  ['a console without keys', mounting('console'), /^console does not mount private\.pem/],
  [
    'a service that mounts the whole Secret',
    mounting('routing', all),
    /^routing reads private\.pem, .* sign as anybody\.$/,
  ],
  [
    'a service that has the private half among other things',
    mounting('archive', {projected: {sources: [{secret: {name: 'dip-identity'}}]}}),
    /^archive reads private\.pem/,
  ],
];
for (const [what, snapshot, sentence] of broken) {
  test(`${what} would be found`, (t) => {
    const [finding, ...others] = identity.examine(snapshot);

    t.deepEqual(others, []);
    t.is(finding?.standing, 'wrong');
    t.regex(finding?.sentence ?? '', sentence);
    t.regex(finding?.next ?? '', /dip identity|kubectl/);
  });
}

test('of the Secret nothing is kept that could sign', (t) => {
  const {privatePem, publicPem} = newKeyPair(new Date());
  const data = Object.fromEntries(
    Object.entries({'private.pem': privatePem, 'public.pem': publicPem}).map(([name, text]) => [
      name,
      Buffer.from(text).toString('base64'),
    ]),
  );

  const found = identityKeys({data});

  t.is(found?.private?.length, 1);
  t.deepEqual(found?.private, found?.public);
  t.deepEqual(identityKeys({data: {...data, 'private.pem': 'aHVudGVyMg=='}})?.faults, [
    'private.pem: there is no block of PEM',
  ]);
});
