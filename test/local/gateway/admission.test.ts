import test, {type ExecutionContext} from 'ava';
import {manifestsOf, serviceOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';
import {subscriber} from '../subscriber.ts';
import {ask, event, raw} from './asking.ts';

async function gatewayOf(t: ExecutionContext) {
  const behind = await subscriber(t);
  const services = [serviceOf('routing', [], {url: behind.url})];
  const {url} = await runBroker(t, manifestsOf({services}));
  return {url, port: new URL(url).port, behind};
}

test('only names of this machine are answered to', async (t) => {
  const {url, port} = await gatewayOf(t);
  const status = async (host: string) => (await ask(url, {headers: {host}})).status;
  const ours = ['127.0.0.1', `127.0.0.1:${port}`, 'localhost', 'LOCALHOST:8080', '[::1]', `[::1]:${port}`];
  for (const host of ours) t.is(await status(host), 200, host);
  const foreign = ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '[::2]', '10.0.0.1'];
  for (const host of foreign) t.is(await status(host), 403, host);
  t.regex(await raw(url, 'GET / HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 403/);
});

test('a request that names two hosts is refused, whichever comes first', async (t) => {
  const {url, behind} = await gatewayOf(t);
  for (const [one, other] of [
    ['localhost', 'routing.dip'],
    ['routing.dip', 'localhost'],
    ['localhost', 'localhost'],
  ])
    t.regex(
      await raw(url, `GET / HTTP/1.1\r\nHost: ${one}\r\nhOST: ${other}\r\nConnection: close\r\n\r\n`),
      /^HTTP\/1\.1 400[\s\S]*Expected one Host header, got 2/,
    );
  t.is(behind.received.length, 0);
});

test('a name that leads to a service leads nowhere under a domain that anybody may own', async (t) => {
  const {url, behind} = await gatewayOf(t);
  const status = async (host: string) => (await ask(url, {path: '/things', headers: {host}})).status;
  const names = [
    'routing.dip',
    'routing.dip.svc',
    'routing.dip.svc.cluster.local:80',
    'Routing.DIP.localhost',
  ];
  for (const host of names) t.is(await status(host), 202, host);
  t.is(behind.received.length, names.length);
  for (const host of ['routing.dip.evil.com', 'routing.dip.svc.evil.com', 'routing.other.svc', 'x.dip.svc'])
    t.is(await status(host), 403, host);
  t.is(behind.received.length, names.length);
});

test('only our own pages may send requests', async (t) => {
  const {url, port} = await gatewayOf(t);
  const status = async (origin: string) => (await ask(url, {headers: {origin}})).status;
  t.is(await status(`http://127.0.0.1:${port}`), 200);
  t.is(await status(`http://localhost:${port}`), 200);
  const foreign = [
    'https://evil.example',
    'null',
    'http://localhost:1',
    'http://localhost',
    `file://localhost:${port}`,
    `http://localhost.evil.example:${port}`,
  ];
  for (const origin of foreign) t.is(await status(origin), 403, origin);
});

test('a service hears events through its broker alone, however its path is written', async (t) => {
  const {url, behind} = await gatewayOf(t);
  const paths = [
    '/events',
    '/events/',
    '/events?x=1',
    '//events',
    '/./events',
    '/x/../events',
    '/%65vents',
    '/%45VENTS',
    '/Events',
    '/events;a=b',
    '/events%3Ba=b',
    '/%2e/events',
    '/events%2F',
    '/\\events',
    '/%5Cevents',
    '/events%20',
    '/events#x',
  ];
  for (const path of paths)
    for (const method of ['POST', 'GET', 'PUT']) {
      const answer = await ask(url, {method, path: `/api/routing${path}`, headers: event});
      t.is(answer.status, 403, `${method} ${path}`);
    }
  for (const path of ['/api/routing', '/api/routing/', '/api/routing?x', '/api/routing//', '/api/routing/.'])
    t.is((await ask(url, {method: 'POST', path, headers: event})).status, 403, path);
  const headers = {...event, host: 'routing.dip.svc.cluster.local'};
  for (const path of ['/', '/events', '//events'])
    t.is((await ask(url, {method: 'POST', path, headers})).status, 403, path);
  t.is(behind.received.length, 0);
});

test('other paths of a service reach it as they were written', async (t) => {
  const {url, behind} = await gatewayOf(t);
  const paths = ['/rules', '/rules?x=%20y', '/a%2Fb', '/events/1', '/'];
  for (const path of paths) t.is((await ask(url, {path: `/api/routing${path}`})).status, 202, path);
  t.deepEqual(
    behind.received.map((request) => request.url),
    paths,
  );
});

test('what is not there is 404 with a sentence', async (t) => {
  const {url} = await gatewayOf(t);
  for (const path of ['/api/unknown', '/api/unknown/x', '/api', '/api/', '/api/%72outing/x']) {
    const answer = await ask(url, {path});
    t.is(answer.status, 404, path);
    t.regex(answer.body, /There is no service/);
  }
});

test('a page asked for with GET or HEAD is here, and with POST it is where events do not go', async (t) => {
  const {url} = await gatewayOf(t);
  const got = await ask(url, {});
  t.is(got.status, 200);
  t.regex(got.body, /"name": "dip"/);
  const head = await ask(url, {method: 'HEAD'});
  t.is(head.status, 200);
  t.is(head.body, '');
  t.is((await ask(url, {method: 'POST', headers: event})).status, 404);
});
