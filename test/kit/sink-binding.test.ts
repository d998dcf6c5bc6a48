/** What Knative's SinkBinding puts into a service's environment, from the environment to the wire. */
import {writeFileSync} from 'node:fs';
import {createServer, type IncomingHttpHeaders, type RequestListener} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import path from 'node:path';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {ConfigError} from '#kit';
import {readConfig} from '#kit/wire';
import {publisher} from '../../services/kit/publish.ts';
import {selfSigned} from './self-signed.ts';
import {folder, letter} from './serving.ts';

/** A sink, with or without TLS, that takes everything. */
async function sink(
  t: ExecutionContext,
  tls?: {key: Buffer; cert: Buffer},
): Promise<{url: string; taken: IncomingHttpHeaders[]}> {
  const taken: IncomingHttpHeaders[] = [];
  const take: RequestListener = (request, response) => {
    taken.push(request.headers);
    request.resume();
    response.writeHead(202).end();
  };
  const server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return {url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}/dip/default`, taken};
}

test('every event that is published carries the attributes of K_CE_OVERRIDES', async (t) => {
  const {url, taken} = await sink(t);
  const overrides = JSON.stringify({extensions: {tenant: 'north', subject: 'theirs'}});

  await publisher(readConfig({K_SINK: url, K_CE_OVERRIDES: overrides}))(letter('1'));

  t.like(taken[0], {'ce-id': '1', 'ce-tenant': 'north', 'ce-subject': 'theirs'});
});

test('an empty K_CE_OVERRIDES, as Knative sets it, changes nothing', async (t) => {
  const {url, taken} = await sink(t);

  await publisher(readConfig({K_SINK: url, K_CE_OVERRIDES: ''}))(letter('1'));

  t.is(taken[0]?.['ce-id'], '1');
  t.is(taken[0]?.authorization, undefined);
});

for (const value of ['nonsense', '[]"', '{"extensions":{"Upper":"x"}}', '{"extensions":{"n":1}}', '3']) {
  test(`K_CE_OVERRIDES of ${value} is refused in one sentence`, (t) => {
    t.throws(() => readConfig({K_CE_OVERRIDES: value}), {
      instanceOf: ConfigError,
      message: /^Expected K_CE_OVERRIDES to be .*, got .*\.$/,
    });
  });
}

test('the token that is mounted is sent, and a new one from the next event on', async (t) => {
  const {url, taken} = await sink(t);
  const tokenFile = path.join(folder(t), 'token');
  const {sink: target, sinkBinding} = readConfig({K_SINK: url});
  const publish = publisher({sink: target, sinkBinding: {...sinkBinding, tokenFile}});

  await publish(letter('1'));
  for (const token of ['first', 'second']) {
    writeFileSync(tokenFile, `${token}\n`);
    await publish(letter(token));
  }

  t.deepEqual(
    taken.map(({authorization}) => authorization),
    [undefined, 'Bearer first', 'Bearer second'],
  );
});

test('a sink behind a certificate of its own is trusted by K_CA_CERTS alone', async (t) => {
  const tls = selfSigned(t);
  if (tls === undefined) return;
  const {url, taken} = await sink(t, tls);

  await publisher(readConfig({K_SINK: url, K_CA_CERTS: tls.cert.toString()}))(letter('1'));
  const untrusted = await t.throwsAsync(publisher(readConfig({K_SINK: url}))(letter('2')));

  t.deepEqual(
    taken.map((headers) => headers['ce-id']),
    ['1'],
  );
  t.regex(untrusted.message, /self.signed certificate/);
});

test('a sink that this machine trusts anyway is trusted beside K_CA_CERTS', async (t) => {
  const [tls, other] = [selfSigned(t), selfSigned(t)];
  if (tls === undefined || other === undefined) return;
  const {url, taken} = await sink(t, tls);
  const usual = getCACertificates('default');
  // As NODE_EXTRA_CA_CERTS does at the start of a process.
  setDefaultCACertificates([...usual, tls.cert.toString()]);
  t.teardown(() => setDefaultCACertificates(usual));

  await publisher(readConfig({K_SINK: url, K_CA_CERTS: other.cert.toString()}))(letter('1'));

  t.is(taken[0]?.['ce-id'], '1');
});
