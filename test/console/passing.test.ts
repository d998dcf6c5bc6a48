import {once} from 'node:events';
import http, {type IncomingMessage, type ServerResponse} from 'node:http';
import {connect, createServer, type Socket} from 'node:net';
import {Readable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import {decodeJwt} from 'jose';
import {ask} from '../local/gateway/asking.ts';
import {subscriber} from '../local/subscriber.ts';
import {openConsole, upstream} from './desk.ts';

const path = '/api/archive/documents/doc-1';

test('a service hears the person’s request and who they are, and nothing that is not its business', async (t) => {
  const heard = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${heard.url}/{service}`);
  const smuggled = {
    connection: 'x-private',
    'x-private': 'for this connection',
    'dip-person': 'root',
    'dip-identity': 'forged',
    dip_person: 'root',
    x_forwarded_host: 'evil.example',
    'dip-role': 'operate',
    cookie: 'a=b',
    te: 'trailers',
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'for=203.0.113.7',
    'x-http-method-override': 'DELETE',
    'x-original-url': '/events',
    'ce-id': 'a',
    'k-proxy-request': 'activator',
    'knative-serving-revision': 'other',
    baggage: 'a=b',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    accept: 'application/json',
    host: 'dip.example',
  };
  await ask(url, {path: `${path}?a=%20b`, headers: {...smuggled, ...bearer.submit}});
  const [request] = heard.received;
  t.is(request?.method, 'GET');
  t.is(request?.url, '/archive/documents/doc-1?a=%20b');
  t.deepEqual(
    {...request?.headers, 'x-forwarded-for': '…', 'dip-identity': '…'},
    {
      accept: 'application/json',
      connection: 'keep-alive',
      'dip-identity': '…',
      host: new URL(heard.url).host,
      traceparent: smuggled.traceparent,
      'x-forwarded-for': '…',
      'x-forwarded-host': 'dip.example',
      'x-forwarded-proto': 'https',
    },
  );
  t.like(decodeJwt(String(request?.headers['dip-identity'])), {
    sub: 'sue',
    role: 'submit',
    aud: 'archive',
    htm: 'GET',
    htu: '/documents/doc-1?a=%20b',
  });
  t.regex(String(request?.headers['x-forwarded-for']), /^203\.0\.113\.7, (::ffff:)?127\.0\.0\.1$/);
});

test('a service says nothing in our name: no cookie, no leave for other pages, no way off', async (t) => {
  const said = {
    'access-control-allow-origin': '*',
    'set-cookie': 'a=b',
    refresh: '0;url=http://evil.example',
    'www-authenticate': 'Basic',
    'strict-transport-security': 'max-age=0',
    'content-security-policy': "default-src *; script-src 'unsafe-inline'",
    'cache-control': 'public, max-age=9999',
    connection: 'x-private',
    'x-private': '1',
    etag: '"1"',
  };
  let location = '';
  const {url, bearer} = await openConsole(
    t,
    await upstream(t, (_request, response) => {
      response
        .writeHead(302, {...said, location, 'content-type': 'text/html'})
        .end('<script>alert(1)</script>');
    }),
  );
  const at = async (where: string) => {
    location = where;
    return (await ask(url, {path, headers: bearer.submit})).headers;
  };
  for (const where of ['/api/archive/documents/doc-2', '/api/x?next=//evil.example'])
    t.is((await at(where)).location, where);
  const off = [
    'http://evil.example/api/',
    '//evil.example/api/',
    '/\\evil.example',
    '/api/../../x',
    '/api/..//evil.example',
    '/api/%2e%2e/x',
    'api/x',
    '/apix',
    'javascript:alert(1)',
    '/',
  ];
  for (const where of off) t.is((await at(where)).location, undefined, where);
  const headers = await at('/');
  for (const name of [
    'access-control-allow-origin',
    'set-cookie',
    'refresh',
    'www-authenticate',
    'x-private',
  ])
    t.is(headers[name], undefined, name);
  t.is(headers['strict-transport-security'], undefined);
  t.is(headers.etag, '"1"');
  t.is(headers['cache-control'], 'no-store');
  t.is(headers['x-content-type-options'], 'nosniff');
  t.regex(String(headers['content-security-policy']), /^sandbox; default-src 'none'/);
  t.is(headers['content-disposition'], 'attachment');
});

test('what is larger than memory should hold streams both ways, no faster than the other side takes it', async (t) => {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let sent = 0;
  const {url, bearer} = await openConsole(
    t,
    await upstream(t, (request, response) => {
      request.resume();
      const endless = new Readable({
        read() {
          sent += chunk.length;
          this.push(sent > 256 * 1024 * 1024 ? null : chunk);
        },
      });
      endless.pipe(response);
    }),
  );
  const {hostname, port} = new URL(url);
  const request = http.get({hostname, port, path, headers: bearer.submit});
  const [answer]: IncomingMessage[] = await once(request, 'response');
  // Nobody reads: what is sent stops growing once all buffers between are full.
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  t.true(sent < 64 * 1024 * 1024, `${sent} bytes`);
  let length = 0;
  for await (const part of answer ?? []) length += part.length;
  t.is(length, 256 * 1024 * 1024);
});

for (const method of ['GET', 'POST']) {
  test(`a client that goes in the midst of ${method} ends the request to the service`, async (t) => {
    const arrived = Promise.withResolvers<IncomingMessage>();
    const {url, bearer} = await openConsole(t, await upstream(t, (request) => arrived.resolve(request)));
    const {hostname, port} = new URL(url);
    const request = http.request({hostname, port, path, method, headers: bearer.operate});
    request.on('error', () => {});
    if (method === 'GET') request.end();
    else request.write('the beginning');
    const {socket} = await arrived.promise;
    const gone = new Promise((resolve) => socket.once('close', resolve));
    request.destroy();
    await gone;
    t.pass();
  });
}

test('a service that is not there, dies or talks nonsense is a sentence', async (t) => {
  const answers: Record<string, (response: ServerResponse) => void> = {
    dies: (response) => response.destroy(),
    'dies-late': (response) =>
      void response.writeHead(200, {'content-length': '9'}).write('x', () => response.destroy()),
  };
  const {url, bearer} = await openConsole(
    t,
    await upstream(t, ({url: asked = ''}, response) => answers[asked.split('/')[1] ?? '']?.(response)),
  );
  const dead = await ask(url, {path: '/api/dies/x', headers: bearer.operate});
  t.is(dead.status, 502);
  t.regex(dead.body, /The service broke off/);
  await t.throwsAsync(ask(url, {path: '/api/dies-late/x', headers: bearer.operate}));

  const nonsense = [
    'HELLO\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
    'HTTP/1.1 200 OK\r\nX-Bad: a\u0001b\r\n\r\n',
    'HTTP/1.1 999999 NO\r\n\r\n',
    'HTTP/1.1 099 NO\r\nContent-Length: 0\r\n\r\n',
  ];
  for (const bytes of nonsense) {
    const garbled = await openConsole(t, await speaking(t, bytes));
    const answer = await ask(garbled.url, {path, headers: garbled.bearer.submit});
    t.is(answer.status, 502, bytes.slice(0, 60));
  }
  const nobody = await openConsole(t, 'http://127.0.0.1:1/{service}');
  const refused = await ask(nobody.url, {path, headers: nobody.bearer.submit});
  t.is(refused.status, 503);
  t.is(refused.headers['retry-after'], '5');
  const nowhere = await openConsole(t, 'http://{service}.no-such-name.invalid');
  t.is((await ask(nowhere.url, {path, headers: nowhere.bearer.submit})).status, 503);
});

test('a connection that a service closes just as it is used again is no answer', async (t) => {
  const {servicesUrl, connections} = await answeringOnce(t);
  const {url, bearer} = await openConsole(t, servicesUrl);
  for (let count = 0; count < 4; count++) t.is((await ask(url, {path, headers: bearer.submit})).body, 'ok');
  t.is(connections.length, 4);
});

test('what changes something is asked once, though the service breaks off', async (t) => {
  const {servicesUrl, heard} = await answeringOnce(t);
  const {url, bearer} = await openConsole(t, servicesUrl);
  const headers = bearer.operate;
  await ask(url, {path, headers});
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
    await ask(url, {method, path: `/api/response/${method}`, headers});
  t.deepEqual(
    heard.map((line) => line.split(' ')[0]),
    ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
  );
});

/** A service that answers once on each connection, and goes when it is asked again. */
async function answeringOnce(t: ExecutionContext) {
  const connections: Socket[] = [];
  const heard: string[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => heard.push(String(data)));
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok');
      socket.once('data', () => socket.resetAndDestroy());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {servicesUrl: `http://127.0.0.1:${port}/{service}`, connections, heard};
}

test('a thousand requests at once are all answered', async (t) => {
  const {url, bearer} = await openConsole(
    t,
    await upstream(
      t,
      (request, response) => void request.on('end', () => response.end(request.url)).resume(),
    ),
  );
  const answers = await Promise.all(
    Array.from({length: 1_000}, (_, index) =>
      ask(url, {path: `/api/archive/documents/doc-${index}`, headers: bearer.submit}),
    ),
  );
  t.true(
    answers.every(({status, body}, index) => status === 200 && body === `/archive/documents/doc-${index}`),
  );
});

test('clients that never end their bodies keep nobody else from being served', async (t) => {
  const {url, bearer} = await openConsole(
    t,
    await upstream(t, (request, response) => void request.on('end', () => response.end('ok')).resume()),
  );
  const {hostname, port} = new URL(url);
  const head = `POST /api/ingestion/documents HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer.submit.authorization}\r\nContent-Length: 100\r\n\r\nslow`;
  const slow = await Promise.all(
    Array.from({length: 300}, async () => {
      const socket = connect({host: hostname, port: Number(port)});
      await once(socket, 'connect');
      socket.write(head);
      return socket;
    }),
  );
  t.is((await ask(url, {path, headers: bearer.submit})).body, 'ok');
  for (const socket of slow) socket.destroy();
  t.is((await ask(url, {path, headers: bearer.submit})).body, 'ok');
});

/** A server that answers every connection with the same bytes. */
async function speaking(t: ExecutionContext, bytes: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes, 'latin1'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/{service}`;
}
