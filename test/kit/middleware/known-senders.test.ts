import {connect} from 'node:net';
import test from 'ava';
import {ConfigError, service} from '#kit';
import {encodeBinary, readConfig} from '#kit/wire';
import {startIssuer} from '../identity/issuer.ts';
import {letterAnswered, letterWritten} from '../letters.ts';
import {letter, send, serving} from '../serving.ts';

const answering = service({
  name: 'answering',
  receives: letterWritten,
  replies: [letterAnswered],
  async handle({data}) {
    return letterAnswered({documentId: data.documentId, answer: 'yes'});
  },
});

/** Hands an event in, with the token where there is one. */
function hand(url: string, token?: string, pathname = '/events') {
  const {headers, body} = encodeBinary(letter('1'));
  const authorization = token === undefined ? {} : {authorization: `Bearer ${token}`};
  return send(`${url}${pathname}`, {
    method: 'POST',
    headers: {...headers, ...authorization},
    body: new Uint8Array(body),
  });
}

for (const pathname of ['/events', '/']) {
  test(`a service that asks for tokens takes events at ${pathname} with one alone`, async (t) => {
    const issuer = await startIssuer(t);
    const {url} = await serving(t, answering, {eventTokens: issuer.tokens});

    const without = await hand(url, undefined, pathname);
    const strange = await hand(
      url,
      await issuer.token({sub: 'system:serviceaccount:other:default'}),
      pathname,
    );
    const known = await hand(url, await issuer.token(), pathname);

    t.is(without.status, 503);
    t.regex(String(without.body), /this one has none: see docs\/cluster\.md/);
    t.is(strange.status, 503);
    t.is(known.status, 200);
    t.is(known.reply?.attributes['type'], letterAnswered.type);
  });
}

test('a service that asks for no tokens takes anybody’s events', async (t) => {
  const {url} = await serving(t, answering);

  t.is((await hand(url)).status, 200);
});

test('a stranger is answered before the body is there', async (t) => {
  const issuer = await startIssuer(t);
  const {url} = await serving(t, answering, {eventTokens: issuer.tokens});
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  t.teardown(() => socket.destroy());

  socket.write(
    'POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{',
  );
  const [head] = String(await new Promise((resolve) => socket.once('data', resolve))).split('\r\n');

  t.is(head, 'HTTP/1.1 503 Service Unavailable');
});

test('probes, wake-ups and front doors need no token of an event', async (t) => {
  const issuer = await startIssuer(t);
  const {url} = await serving(t, answering, {eventTokens: issuer.tokens});

  const statuses = await Promise.all(
    ['/healthz', '/readyz', '/wake', '/elsewhere'].map(async (at) => (await fetch(url + at)).status),
  );

  t.deepEqual(statuses, [200, 200, 204, 404]);
  t.deepEqual(issuer.asked, []);
});

test('without a word about tokens none are asked for, and on Kubernetes the API server says whose are good', (t) => {
  t.is(readConfig({}).eventTokens, undefined);
  t.like(readConfig({DIP_EVENTS_AUDIENCE: 'dip', DIP_EVENTS_FROM: 'a:b, a:c:*'}).eventTokens, {
    audience: 'dip',
    from: ['a:b', 'a:c:*'],
    issuer: new URL('https://kubernetes.default.svc'),
    issuerDirectory: '/var/run/dip/issuer',
  });
});

const both = {DIP_EVENTS_AUDIENCE: 'dip', DIP_EVENTS_FROM: 'system:serviceaccount:dip:*'};
for (const [words, environment] of Object.entries<Record<string, string>>({
  'an audience without whose tokens': {DIP_EVENTS_AUDIENCE: 'dip'},
  'whose tokens without an audience': {DIP_EVENTS_FROM: 'a:b'},
  'tokens of anybody': {...both, DIP_EVENTS_FROM: '*'},
  'tokens of nobody between two commas': {...both, DIP_EVENTS_FROM: 'system:a,,system:b'},
  'an issuer that anybody can stand for': {...both, DIP_EVENTS_ISSUER: 'http://issuer.example'},
  'an issuer that is no address': {...both, DIP_EVENTS_ISSUER: 'kubernetes'},
})) {
  test(`${words} is refused in one sentence`, (t) => {
    t.throws(() => readConfig(environment), {
      instanceOf: ConfigError,
      message: /^Expected DIP_EVENTS_[A-Z]+ .*\.$/,
    });
  });
}
