import {createHmac, generateKeyPairSync, type KeyObject} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {SignJWT} from 'jose';
import {type Asking, signer} from '#kit/wire';
import {readKeys} from '../../../services/kit/identity/key-file.ts';
import {Unsigned, type Verify, verifier} from '../../../services/kit/identity/verifier.ts';
import {folder, makeKeys} from '../serving.ts';

const asking: Asking = {
  person: {name: 'ann', role: 'review'},
  service: 'archive',
  method: 'GET',
  path: '/documents?limit=2&subject=a%2Fb',
};
const {person, ...asked} = asking;
const now = Date.parse('2026-01-31T09:00:00Z');
const quiet = {warn: () => {}, now: () => now};

function keys(t: ExecutionContext): string {
  const made = folder(t);
  makeKeys(made);
  return made;
}

/** A token of any header and claims, by any key; without one signed by nobody. */
async function tokenOf(
  into: string,
  claims: Readonly<Record<string, unknown>>,
  {key, header = {}}: {key?: KeyObject; header?: Readonly<Record<string, unknown>>} = {},
): Promise<string> {
  const [own] = readKeys(readFileSync(path.join(into, 'private.pem'), 'utf8'), 'private');
  if (own === undefined) throw new Error('Expected a key.');
  const seconds = now / 1000;
  const usual = {sub: 'ann', role: 'review', aud: 'archive', htm: 'GET', htu: asked.path, exp: seconds + 60};
  const payload = Object.fromEntries(
    Object.entries({...usual, ...claims}).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload)
    .setProtectedHeader({alg: 'EdDSA', kid: own.keyId, ...header})
    .sign(key ?? own.key);
}

const refused = (t: ExecutionContext, verify: Verify, token: string, other: object = {}) =>
  t.throwsAsync(verify(token, {...asked, ...other}), {instanceOf: Unsigned});

test('what is signed is believed: who asks, and as what', async (t) => {
  const at = keys(t);

  const token = await signer(at, quiet)(asking, 60_000);

  t.deepEqual(await verifier(at, quiet)(token, asked), person);
});

for (const [what, other] of Object.entries({
  'another service': {service: 'ingestion'},
  'another method': {method: 'DELETE'},
  'another path': {path: '/documents/1?limit=2&subject=a%2Fb'},
  'another query': {path: '/documents?limit=3&subject=a%2Fb'},
  'the path without its query': {path: '/documents'},
  'the path in another spelling': {path: '/documents?limit=2&subject=a/b'},
})) {
  test(`it is not believed for ${what}`, async (t) => {
    const at = keys(t);

    await refused(t, verifier(at, quiet), await signer(at, quiet)(asking, 60_000), other);
  });
}

test('it is believed until it ends, and a minute longer, as clocks differ', async (t) => {
  const at = keys(t);
  const token = await signer(at, quiet)(asking, 120_000);
  const later = (seconds: number) => verifier(at, {...quiet, now: () => now + seconds * 1000});

  t.deepEqual(await later(179)(token, asked), person);
  await refused(t, later(180), token);
  t.deepEqual(await later(-600)(token, asked), person);
});

const forged: Record<string, (at: string) => Promise<string> | string> = {
  'a role that nobody has': (at) => tokenOf(at, {role: 'root'}),
  'a role that is no word': (at) => tokenOf(at, {role: ['operate']}),
  'no role': (at) => tokenOf(at, {role: undefined}),
  'nobody’s name': (at) => tokenOf(at, {sub: undefined}),
  'no service': (at) => tokenOf(at, {aud: undefined}),
  'no method': (at) => tokenOf(at, {htm: undefined}),
  'no path': (at) => tokenOf(at, {htu: undefined}),
  'no end': (at) => tokenOf(at, {exp: undefined}),
  'an end that is a word': (at) => tokenOf(at, {exp: 'never'}),
  'another key under our id': (at) => tokenOf(at, {}, {key: generateKeyPairSync('ed25519').privateKey}),
  'a key that is not known': (at) => tokenOf(at, {}, {header: {kid: 'another'}}),
  'no id of a key': (at) => tokenOf(at, {}, {header: {kid: undefined}}),
  'an extension that we do not know': (at) => tokenOf(at, {}, {header: {crit: ['x'], x: 1}}).catch(() => 'x'),
  'alg none': async (at) => withHeader(await tokenOf(at, {}), {alg: 'none'}, () => ''),
  'alg None, with our signature': async (at) => withHeader(await tokenOf(at, {}), {alg: 'None'}),
  'HS256 by the public key': async (at) =>
    withHeader(await tokenOf(at, {}), {alg: 'HS256'}, (input) =>
      createHmac('sha256', readFileSync(path.join(at, 'public.pem'), 'utf8'))
        .update(input)
        .digest('base64url'),
    ),
  'claims that were changed': async (at) => {
    const [header, claims = '', signature] = (await tokenOf(at, {})).split('.');
    const changed = {...JSON.parse(Buffer.from(claims, 'base64url').toString()), role: 'operate'};
    return [header, encoded(changed), signature].join('.');
  },
  'two tokens in one header': async (at) => `${await tokenOf(at, {})}, ${await tokenOf(at, {})}`,
  garbage: () => 'x.y.z',
  'a name alone': () => 'ann',
  nothing: () => '',
};
for (const [what, forge] of Object.entries(forged)) {
  test(`nobody is believed with ${what}`, async (t) => {
    const at = keys(t);

    await refused(t, verifier(at, quiet), await forge(at));
  });
}

test('the forgeries differ from what is believed by one thing alone', async (t) => {
  const at = keys(t);

  t.deepEqual(await verifier(at, quiet)(await tokenOf(at, {}), asked), person);
});

/** A token under another header, keeping its key's id; signed anew, where that is said. */
function withHeader(token: string, change: object, sign?: (input: string) => string): string {
  const [header = '', claims = '', signature] = token.split('.');
  const changed = {...JSON.parse(Buffer.from(header, 'base64url').toString()), ...change};
  const input = `${encoded(changed)}.${claims}`;
  return `${input}.${sign === undefined ? signature : sign(input)}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
