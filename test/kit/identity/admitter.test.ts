/** Whose tokens let events in: those of an issuer that is asked over HTTP. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {exportSPKI, generateKeyPair, UnsecuredJWT} from 'jose';
import {Defer} from '#kit';
import {admitter} from '../../../services/kit/identity/admitter.ts';
import {selfSigned} from '../self-signed.ts';
import {folder} from '../serving.ts';
import {audience, name, startIssuer, subject, type TestIssuer} from './issuer.ts';

/** Time that a test moves by itself, and what was warned of. */
function admitting(issuer: TestIssuer) {
  const time = {ms: 0};
  const warnings: string[] = [];
  const admit = admitter(issuer.tokens, {warn: (sentence) => warnings.push(sentence), clock: () => time.ms});
  return {admit: (token: string) => admit(`Bearer ${token}`), time, warnings};
}

/** Whether somebody is put off, and how. */
async function putsOff(t: ExecutionContext, admitted: Promise<void>, words: RegExp): Promise<void> {
  const error = await t.throwsAsync(admitted, {instanceOf: Defer});
  t.regex(error.message, words);
}

test('the token of a Trigger lets its events in', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, warnings} = admitting(issuer);

  await t.notThrowsAsync(admit(await issuer.token()));
  await t.notThrowsAsync(admit(await issuer.token({aud: ['another', audience]})));
  t.deepEqual(warnings, []);
});

for (const algorithm of ['RS256', 'ES384']) {
  test(`a token that is signed by ${algorithm} lets events in, as API servers sign by either`, async (t) => {
    const issuer = await startIssuer(t);
    await issuer.newKey('other', {algorithm});

    await t.notThrowsAsync(admitting(issuer).admit(await issuer.token({}, {keyId: 'other', algorithm})));
  });
}

const now = Math.floor(Date.now() / 1000);
const foreign: readonly [what: string, claims: Readonly<Record<string, unknown>>, words: RegExp][] = [
  ['another audience', {aud: 'https://kubernetes.default.svc'}, /is not for this/],
  ['no audience', {aud: undefined}, /is not for this/],
  ['an audience that begins alike', {aud: 'dip2'}, /is not for this/],
  ['another issuer', {iss: 'https://elsewhere.example'}, /is not for this/],
  ['no end', {exp: undefined}, /is not for this/],
  ['its end behind it', {exp: now - 61}, /is too old/],
  ['its beginning before it', {nbf: now + 600}, /is not for this/],
  ['no subject', {sub: undefined}, /is not for this/],
  [
    'a pod of another namespace as its subject',
    {sub: 'system:serviceaccount:other:default'},
    /not from system:serviceaccount:other:default/,
  ],
  ['a Trigger of another namespace as its subject', {sub: subject.replace(':dip:', ':other:')}, /not from/],
  [
    'another namespace that ends alike as its subject',
    {sub: subject.replace(':dip:', ':notdip:')},
    /not from/,
  ],
  ['a pod of the same namespace as its subject', {sub: 'system:serviceaccount:dip:archive'}, /not from/],
  ['a subject that begins before a Trigger’s', {sub: `x${subject}`}, /not from/],
  ['a subject that goes on behind a Trigger’s', {sub: `${subject}s`}, /not from/],
  ['a subject with a colon where a name is', {sub: subject.replace(':x-', ':a:b-')}, /not from/],
];
for (const [what, claims, words] of foreign) {
  test(`a well-signed token with ${what} lets nothing in`, async (t) => {
    const issuer = await startIssuer(t);

    await putsOff(t, admitting(issuer).admit(await issuer.token(claims)), words);
  });
}

test('a clock that is a minute behind makes no good token a bad one', async (t) => {
  const issuer = await startIssuer(t);

  await t.notThrowsAsync(admitting(issuer).admit(await issuer.token({exp: now - 30})));
});

test('a token that is signed by nobody, or by a stranger, lets nothing in', async (t) => {
  const issuer = await startIssuer(t);
  const {admit} = admitting(issuer);
  const {publicKey} = await issuer.newKey('second');
  await issuer.newKey('third', {algorithm: 'EdDSA'});
  const stranger = await generateKeyPair('ES256');
  const claims = {iss: name, aud: audience, sub: subject, exp: now + 600};
  const secret = new TextEncoder().encode(await exportSPKI(publicKey));
  const good = await issuer.token();
  const [header = '', , signature = ''] = good.split('.');
  const forged = Buffer.from(JSON.stringify({...claims, sub: subject.replace(':x-', ':y-')})).toString(
    'base64url',
  );

  for (const token of [
    new UnsecuredJWT(claims).encode(),
    await issuer.token({}, {key: stranger.privateKey}),
    // With the public half as a password that both sides know.
    await issuer.token({}, {keyId: 'second', algorithm: 'HS256', key: secret}),
    // As no API server signs.
    await issuer.token({}, {keyId: 'third', algorithm: 'EdDSA'}),
    `${header}.${forged}.${signature}`,
    `${header}.${forged}.`,
    'garbage',
    '..',
  ])
    await putsOff(t, admit(token), /is not for this, or is too old/);
});

for (const authorization of ['', 'Basic YTpi', 'Bearer', 'Bearer ', 'Bearer a b']) {
  test(`an event with ${JSON.stringify(authorization)} in the place of a token asks nobody and comes not in`, async (t) => {
    const issuer = await startIssuer(t);

    await putsOff(t, admitter(issuer.tokens, {warn: () => {}})(authorization), /this one has none/);

    t.deepEqual(issuer.asked, []);
  });
}

test('keys are asked for once, by however many at once', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, time} = admitting(issuer);
  const token = await issuer.token();

  await Promise.all(Array.from({length: 20}, () => admit(token)));
  time.ms += 599_000;
  await admit(token);

  t.deepEqual(
    issuer.asked.map(({path: at}) => at),
    ['/.well-known/openid-configuration', '/openid/v1/jwks'],
  );
});

test('a new key is known with the first token that it signed', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, time} = admitting(issuer);
  await admit(await issuer.token());
  await issuer.newKey('second');
  time.ms += 10_000;

  await t.notThrowsAsync(admit(await issuer.token({}, {keyId: 'second'})));
  await t.notThrowsAsync(admit(await issuer.token()));
});

test('a key that was taken away is not believed for long', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, time} = admitting(issuer);
  const old = await issuer.token();
  await admit(old);
  await issuer.newKey('second', {alone: true});
  time.ms += 600_000;

  await putsOff(t, admit(old), /is not for this/);
});

test('strangers’ keys make nobody ask the issuer more than once in ten seconds', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, time} = admitting(issuer);
  const {privateKey} = await generateKeyPair('ES256');
  const token = (keyId: string) => issuer.token({}, {key: privateKey, keyId});
  await admit(await issuer.token());
  time.ms += 10_000;

  for (let index = 0; index < 20; index++)
    await putsOff(t, admit(await token(`no-${index}`)), /is not for this/);

  t.is(issuer.asked.length, 4);
});

test('while the issuer is away its last word holds, and that is said once', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, time, warnings} = admitting(issuer);
  const token = await issuer.token();
  await admit(token);
  issuer.isAway = true;

  for (let index = 0; index < 3; index++) {
    time.ms += 600_000;
    await t.notThrowsAsync(admit(token));
  }

  t.is(warnings.length, 1);
  t.regex(
    warnings[0] ?? '',
    /^Who signs events' tokens can't be found out: 127\.0\.0\.1:\d+ was asked, and it answered \S+ with 500, /,
  );
});

test('an issuer that was never there lets nothing in, and all that is good as soon as it is there', async (t) => {
  const issuer = await startIssuer(t);
  const {admit, time} = admitting(issuer);
  const token = await issuer.token();
  issuer.isAway = true;

  await putsOff(t, admit(token), /can't be found out/);
  await putsOff(t, admit(token), /can't be found out/);
  t.is(issuer.asked.length, 1);
  issuer.isAway = false;
  time.ms += 1_000;

  await t.notThrowsAsync(admit(token));
});

for (const [what, document] of [
  ['without a name', {issuer: undefined}],
  ['without keys', {jwks_uri: undefined}],
  ['whose keys are elsewhere without TLS', {jwks_uri: 'http://elsewhere.example/keys'}],
  ['whose keys are none', {jwks_uri: '/'}],
] as const) {
  test(`an issuer ${what} lets nothing in`, async (t) => {
    const issuer = await startIssuer(t);
    Object.assign(issuer.document, document);

    await putsOff(t, admitting(issuer).admit(await issuer.token()), /can't be found out/);
  });
}

test('an API server is asked at the address that we know, with the token and the certificate that a pod has', async (t) => {
  const tls = selfSigned(t);
  if (tls === undefined) return;
  const issuer = await startIssuer(t, {tls, mayAsk: 'pod'});
  // The address of a control plane, which pods may not reach.
  Object.assign(issuer.document, {jwks_uri: 'https://192.0.2.1:6443/openid/v1/jwks'});
  issuer.tokens.issuerDirectory = folder(t);
  writeFileSync(path.join(issuer.tokens.issuerDirectory, 'token'), 'pod\n');
  writeFileSync(path.join(issuer.tokens.issuerDirectory, 'ca.crt'), tls.cert);

  await t.notThrowsAsync(admitting(issuer).admit(await issuer.token()));

  t.deepEqual(
    issuer.asked.map(({authorization}) => authorization),
    ['Bearer pod', 'Bearer pod'],
  );
});

test('a server that has the keys of another is not told our token', async (t) => {
  const tls = selfSigned(t);
  if (tls === undefined) return;
  const [issuer, other] = [await startIssuer(t, {tls}), await startIssuer(t, {tls})];
  Object.assign(issuer.document, {jwks_uri: `${other.url}/keys`});
  issuer.tokens.issuerDirectory = folder(t);
  writeFileSync(path.join(issuer.tokens.issuerDirectory, 'token'), 'pod');
  writeFileSync(path.join(issuer.tokens.issuerDirectory, 'ca.crt'), tls.cert);

  await putsOff(t, admitting(issuer).admit(await issuer.token()), /can't be found out/);

  t.deepEqual(other.asked, [{path: '/keys', authorization: undefined}]);
});
