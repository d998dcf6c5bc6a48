import {spawnSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:https';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {
  type Cluster,
  ClusterError,
  type ClusterOptions,
  Conflict,
  connectCluster,
  Forbidden,
  NoSuchContext,
} from '#cluster';
import {type Answer, deserted, standIn} from '../cli/stand-in.ts';
import {skip} from '../skip.ts';
import {writeKubeconfig} from './kubeconfig.ts';

const triggers = {apiVersion: 'eventing.knative.dev/v1', plural: 'triggers', namespace: 'dip'};
const secret = {apiVersion: 'v1', plural: 'secrets', namespace: 'dip', name: 'dip-tokens'};

test('a list is what stands in the namespace, asked for with the token of the user', async (t) => {
  const item = {metadata: {name: 'all-to-archive'}};
  const {url, arrived} = await standIn(t, () => ({status: 200, json: {items: [item]}}));
  const kubeconfig = await writeKubeconfig(t, url, {user: {token: 'abc'}});

  const cluster = await connect({kubeconfig});

  t.deepEqual([cluster.context, cluster.server, cluster.namespace], ['here', url, 'dip']);
  t.deepEqual(await cluster.list(triggers), [item]);
  t.is(arrived[0]?.line, 'GET /apis/eventing.knative.dev/v1/namespaces/dip/triggers');
  t.is(arrived[0]?.headers.authorization, 'Bearer abc');
});

test('what is not there is undefined, be it an object or its kind', async (t) => {
  const cluster = await answering(t, {status: 404, json: {kind: 'Status', message: 'not found'}});

  t.is(await cluster.get(secret), undefined);
  t.is(await cluster.list(triggers), undefined);
  t.is(await cluster.read('/apis/eventing.knative.dev/v1'), undefined);
  t.is(await cluster.patch(secret, {data: {}}), undefined);
});

test('an object is changed by what is said of it, and made where it is not there', async (t) => {
  const {url, arrived} = await standIn(t, ({body}) => ({status: 201, json: JSON.parse(body.toString())}));
  const cluster = await connect({kubeconfig: await writeKubeconfig(t, url)});

  t.deepEqual(await cluster.patch(secret, {data: {anna: null}}), {data: {anna: null}});
  t.deepEqual(await cluster.create({apiVersion: 'v1', plural: 'secrets', namespace: 'dip'}, {a: 1}), {a: 1});

  t.deepEqual(
    arrived.map(({line, headers}) => [line, headers['content-type']]),
    [
      ['PATCH /api/v1/namespaces/dip/secrets/dip-tokens', 'application/merge-patch+json'],
      ['POST /api/v1/namespaces/dip/secrets', 'application/json'],
    ],
  );
});

test('what one may not do is told with its verb and resource', async (t) => {
  const cluster = await answering(t, {status: 403, json: {kind: 'Status', message: 'is forbidden'}});

  const error = await t.throwsAsync(cluster.list(triggers), {instanceOf: Forbidden});

  t.is(error.right, 'list triggers.eventing.knative.dev in namespace dip');
  t.regex(error.message, /^You may not list triggers\.eventing\.knative\.dev in namespace dip at http:/);
});

test('what exists already is a conflict', async (t) => {
  const cluster = await answering(t, {status: 409, json: {message: 'secrets "x" already exists'}});

  const error = await t.throwsAsync(cluster.create(secret, {}), {instanceOf: Conflict});

  t.regex(error.message, /would not create secrets dip-tokens in namespace dip \(409\): .*already exists\.$/);
});

const answers: [string, Answer, RegExp][] = [
  ['nobody it knows', {status: 401, json: {}}, /does not know who you are \(401\): log in again/],
  ['an error', {status: 500, json: {message: 'etcd is down'}}, /could not list .* \(500\): etcd is down\.$/],
  ['no object', {status: 200, json: 'hello'}, /^Expected JSON of an API server from .*: is that one\?$/],
  ['nothing', 'reset', /^The API server http:.* could not be asked: /],
];
for (const [what, answer, sentence] of answers) {
  test(`a server that answers with ${what} is one sentence`, async (t) => {
    const cluster = await answering(t, answer);

    const error = await t.throwsAsync(cluster.list(triggers), {instanceOf: ClusterError});

    t.regex(error.message, sentence);
  });
}

test('a server that is not there is told by its address', async (t) => {
  const url = await deserted();
  const cluster = await connect({kubeconfig: await writeKubeconfig(t, url)});

  await t.throwsAsync(cluster.list(triggers), {message: new RegExp(`^Nothing answers at ${url}: start `)});
});

test('http where https is meant is told so', async (t) => {
  const {url} = await standIn(t, () => ({status: 200}));
  const cluster = await connect({kubeconfig: await writeKubeconfig(t, url.replace('http:', 'https:'))});

  await t.throwsAsync(cluster.list(triggers), {message: /^https:\S+ does not speak TLS as it should/});
});

test('a certificate that the kubeconfig does not vouch for is refused, and taken where it does', async (t) => {
  const {folder, url} = await overTls(t);
  if (folder === undefined) return;
  const authority = path.join(folder, 'certificate.pem');
  const stranger = await connect({kubeconfig: await writeKubeconfig(t, url)});
  const friend = await connect({
    kubeconfig: await writeKubeconfig(t, url, {cluster: {'certificate-authority': authority}}),
  });

  await t.throwsAsync(stranger.list(triggers), {
    message: /^The certificate of https:\S+ is not to be trusted/,
  });
  t.deepEqual(await friend.list(triggers), []);
});

test('a stop ends the wait for an answer', async (t) => {
  const stop = new AbortController();
  const {url} = await standIn(t, () => {
    stop.abort(new Error('stopped'));
    return new Promise(() => undefined);
  });
  const cluster = await connect({kubeconfig: await writeKubeconfig(t, url), signal: stop.signal});

  await t.throwsAsync(cluster.list(triggers), {message: 'stopped'});
});

test('a server that gives no answer is not waited for without end', async (t) => {
  const {url} = await standIn(t, () => new Promise(() => undefined));
  const cluster = await connect({kubeconfig: await writeKubeconfig(t, url), timeoutMs: 100});

  await t.throwsAsync(cluster.list(triggers), {
    message: /^The API server http:\S+ gave no answer in 0\.1 s:/,
  });
});

test('a context that is not there is told with those that are', async (t) => {
  const kubeconfig = await writeKubeconfig(t, 'http://127.0.0.1:1', {context: 'production'});

  const error = await t.throwsAsync(connect({kubeconfig, context: 'prodction'}), {instanceOf: NoSuchContext});

  t.true(error.message.endsWith(' has no context `prodction`. It has: production.'));
  t.deepEqual([error.asked, error.known], ['prodction', ['production']]);
});

test('the files of KUBECONFIG are read as one, and what the first says stays', async (t) => {
  const first = await writeKubeconfig(t, 'http://127.0.0.1:1', {context: 'one'});
  const again = await writeKubeconfig(t, 'http://127.0.0.1:2', {context: 'one'});
  const second = await writeKubeconfig(t, 'http://127.0.0.1:3', {context: 'two'});
  const env = {KUBECONFIG: [first, again, '/nowhere/config', second].join(path.delimiter)};

  t.is((await connect({env})).server, 'http://127.0.0.1:1');
  t.is((await connect({context: 'two', env})).server, 'http://127.0.0.1:3');
});

test('without a kubeconfig one sentence says what to do', async (t) => {
  const env = {HOME: '/nowhere'};

  await t.throwsAsync(connect({env}), {
    message: /^There is no kubeconfig\. Name a file with --kubeconfig/,
  });
  await t.throwsAsync(connect({kubeconfig: '/nowhere/config', env}), {
    message: /^The kubeconfig \/nowhere\/config can not be read: there is no such file\./,
  });
});

function connect(options: Partial<ClusterOptions>): Promise<Cluster> {
  const signal = new AbortController().signal;
  return connectCluster({env: {}, namespace: 'dip', signal, ...options});
}

async function answering(t: ExecutionContext, answer: Answer): Promise<Cluster> {
  const {url} = await standIn(t, () => answer);
  return connect({kubeconfig: await writeKubeconfig(t, url)});
}

/** An API server with nothing in it, behind a certificate of its own making. */
async function overTls(t: ExecutionContext): Promise<{folder: string | undefined; url: string}> {
  const folder = path.dirname(await writeKubeconfig(t, 'http://127.0.0.1:1'));
  const words =
    'req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
  const files = ['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'certificate.pem')];
  if (spawnSync('openssl', [...words.split(' '), ...files]).status !== 0) {
    skip(t, 'there is no openssl to make a certificate with');
    return {folder: undefined, url: ''};
  }
  const [key, cert] = await Promise.all(
    ['key.pem', 'certificate.pem'].map((name) => readFile(path.join(folder, name))),
  );
  const server = createServer({key, cert}, (_, response) => response.end('{"items": []}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {folder, url: `https://127.0.0.1:${port}`};
}
