import test from 'ava';
import fc from 'fast-check';
import {ask, event} from '../local/gateway/asking.ts';
import {subscriber} from '../local/subscriber.ts';
import {openConsole, say} from './desk.ts';

test('what is here is said to everybody, and everything else is not here', async (t) => {
  const {url} = await openConsole(t, 'http://127.0.0.1:1/{service}');
  const home = await ask(url, {});
  t.is(home.status, 200);
  t.like(JSON.parse(home.body), {name: 'dip', version: '0.1.0', upload: 'POST /api/ingestion/documents'});
  t.is((await ask(url, {path: '/healthz'})).body, 'ok\n');
  t.is((await ask(url, {path: '/readyz'})).body, 'ready\n');
  const paths = [
    '/x',
    '/apix',
    '/API/archive/documents',
    '/%61pi/archive/documents',
    '//api/archive',
    '/..',
    '/metrics',
  ];
  for (const path of paths) {
    const answer = await ask(url, {path});
    t.is(answer.status, 404, path);
    t.regex(answer.body, /There is nothing here/);
  }
  t.is((await ask(url, {method: 'DELETE'})).status, 404);
});

test('no event gets in, by no path and no spelling, whoever sends it', async (t) => {
  const heard = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${heard.url}/{service}`);
  const part = fc.constantFrom(
    ...[
      'events',
      'EVENTS',
      '%65vents',
      '%2565vents',
      'dip',
      'default',
      'api',
      'archive',
      'routing',
      'x',
      '..',
      '.',
      '',
    ],
    ...[
      '%2e%2e',
      ';x',
      'events;x',
      'events%20',
      '%5cevents',
      '\\events',
      'events%00',
      'events%3Fx',
      'documents',
    ],
  );
  const path = fc
    .tuple(
      fc.constantFrom('/', '/api/', '/api/archive/', '/api/ingestion/documents', '//', '/events/'),
      fc.array(part, {maxLength: 4}),
    )
    .map(([lead, parts]) => lead + parts.join('/'));
  const headers = fc.constantFrom<Record<string, string>>(
    event,
    {...event, 'content-type': 'application/json'},
    {'content-type': 'application/cloudevents+json'},
    {'content-type': 'Application/CloudEvents-Batch+JSON; charset=utf-8'},
  );
  const method = fc.constantFrom('POST', 'PUT', 'PATCH', 'GET');
  const who = fc.constantFrom<Record<string, string>>(bearer.operate, bearer.submit, {});
  await fc.assert(
    fc.asyncProperty(path, headers, method, who, async (path, headers, method, who) => {
      const body = '{"specversion":"1.0","id":"1","type":"t","source":"/s"}';
      const answer = await ask(url, {method, path, headers: {...headers, ...who}, body});
      const isHome = answer.status === 200 && method === 'GET';
      return isHome || [400, 401, 403, 404, 429].includes(answer.status);
    }),
    {numRuns: 1_500},
  );
  t.deepEqual(heard.received, []);
});

test('no request reaches where a service hears events, though it looks like none', async (t) => {
  const heard = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${heard.url}/{service}`);
  const tries = [
    '/events',
    '/events/',
    '/',
    '',
    '//events',
    '/%65vents',
    '/x/%2e%2e/events',
    '/a/../../other/events',
  ];
  for (const path of tries)
    for (const method of ['POST', 'PUT']) {
      const answer = await ask(url, {
        method,
        path: `/api/archive${path}`,
        headers: bearer.operate,
        body: '{}',
      });
      t.true([400, 403].includes(answer.status), path);
      t.regex(answer.body, /through the broker alone|without `\.`/);
    }
  t.deepEqual(heard.received, []);
});

test('an event sent to the broker of one machine hears where it belongs on a cluster', async (t) => {
  const {url} = await openConsole(t, 'http://127.0.0.1:1/{service}');
  const answer = await ask(url, {method: 'POST', path: '/dip/default', headers: event});
  t.is(answer.status, 403);
  t.regex(answer.body, /kubectl .* port-forward svc\/broker-ingress .* dip event send --server/);
});

test('pages of other sites are refused, and our own are not', async (t) => {
  const heard = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${heard.url}/{service}`);
  const status = async (origin: string, host: string) => {
    const headers = {...bearer.operate, origin, host};
    const answer = await ask(url, {path: '/api/archive/documents', headers});
    for (const name of Object.keys(answer.headers)) t.false(name.startsWith('access-control-'), name);
    return answer.status;
  };
  t.is(await status('https://dip.example', 'dip.example'), 202);
  t.is(await status('https://dip.example', 'DIP.example:443'), 202);
  t.is(await status('http://dip.example:8080', 'dip.example:8080'), 202);
  const foreign = [
    'https://evil.example',
    'null',
    '',
    'https://dip.example.evil.example',
    'https://dip.example:444',
  ];
  for (const origin of foreign) t.is(await status(origin, 'dip.example'), 403, origin);
  t.is(await status('file://dip.example', 'dip.example'), 403);
  const asked = {origin: 'https://evil.example', 'access-control-request-method': 'POST'};
  t.is((await ask(url, {method: 'OPTIONS', path: '/api/archive/documents', headers: asked})).status, 403);
});

test('only a name leads to a service, and never back to the console', async (t) => {
  const heard = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${heard.url}/{service}`);
  const names = [
    ...[
      'console',
      'Archive',
      '-x',
      'x-',
      'archive.other',
      'archive:80',
      'a@b',
      '%61rchive',
      '..',
      'x'.repeat(64),
      '1x',
    ],
    ...['evil.example%2f', 'a%00', '[::1]', '127.0.0.1', 'archive#', 'archive\\x'],
  ];
  for (const name of names) {
    const answer = await ask(url, {path: `/api/${name}/documents`, headers: bearer.operate});
    t.is(answer.status, 404, name);
  }
  t.deepEqual(heard.received, []);
});

test('what is no HTTP, or too much of it, is refused and takes nothing down', async (t) => {
  const {url, bearer} = await openConsole(t, 'http://127.0.0.1:1/{service}');
  const long = 'x'.repeat(64 * 1024);
  t.regex(await say(url, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${long}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  t.regex(await say(url, 'HELLO\r\n\r\n'), /^HTTP\/1\.1 400 /);
  t.is(await say(url, 'CONNECT archive:80 HTTP/1.1\r\nHost: x\r\n\r\n'), '');
  t.regex(
    await say(url, 'GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    /^HTTP\/1\.1 404 /,
  );
  t.is((await ask(url, {path: '/api/archive/x', headers: bearer.operate})).status, 503);
  t.is((await ask(url, {})).status, 200);
});
