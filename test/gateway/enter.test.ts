import {createServer, type IncomingMessage, type RequestListener, type Server} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import {decodeJwt} from 'jose';
import {enter, everybody, Refusal, refuse} from '#gateway';
import {identityHeader, signer} from '#kit/wire';
import {folder, makeKeys} from '../kit/serving.ts';
import {sendAll} from '../kit/slow-sender.ts';
import {ask} from '../local/gateway/asking.ts';

const patience = {connectMs: 200, idleMs: 200};
const location = '/api/archive/documents/doc-1';

/** A server that passes everything on to one service, with little patience. */
async function passing(t: ExecutionContext, serviceUrl: string): Promise<string> {
  const services = {has: () => true, acquire: async () => ({url: serviceUrl, release: () => {}})};
  const keys = folder(t);
  makeKeys(keys);
  const sign = signer(keys, {warn: () => {}});
  const wayIn = {services, people: everybody, sign, eventsGoTo: 'elsewhere', patience};
  return listening(t, (request, response) => {
    const door = {service: 'ingestion', path: request.url ?? '/'};
    enter(wayIn, door, {request, response}).catch((error: unknown) => {
      if (!(error instanceof Refusal) || response.headersSent) response.destroy();
      else refuse(request, response, error);
    });
  });
}

async function listening(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

test('a service that takes a request and never answers is given up', async (t) => {
  const url = await passing(t, await listening(t, (request) => void request.resume()));
  for (const asked of [{}, {method: 'POST', path: '/documents', body: 'x'}]) {
    const answer = await ask(url, asked);
    t.is(answer.status, 504);
    t.regex(answer.body, /said nothing for 1 s/);
  }
  const headers = {prefer: 'wait=1'};
  t.is((await ask(url, {method: 'POST', path: '/documents', headers, body: 'x'})).status, 504);
});

test('a service that stops in the midst of an answer is given up', async (t) => {
  const url = await passing(
    t,
    await listening(t, (_request, response) => void response.writeHead(202, {location}).write('half')),
  );
  await t.throwsAsync(ask(url, {}));
  const headers = {prefer: 'wait=1'};
  const answer = await ask(url, {method: 'POST', path: '/documents', headers, body: 'x'});
  t.is(answer.status, 502);
});

test('a receipt that is no receipt is handed on as it is', async (t) => {
  const url = await passing(
    t,
    await listening(t, (request, response) => {
      request.on('end', () => response.writeHead(202, {'content-type': 'text/plain'}).end('taken')).resume();
    }),
  );
  const headers = {prefer: 'wait=1'};
  const answer = await ask(url, {method: 'POST', path: '/documents', headers, body: 'x'});
  t.deepEqual([answer.status, answer.body], [202, 'taken']);
});

test('a receipt without end is given up', async (t) => {
  const url = await passing(
    t,
    await listening(t, (_request, response) => {
      response.writeHead(202, {location});
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    }),
  );
  const headers = {prefer: 'wait=1'};
  t.is((await ask(url, {method: 'POST', path: '/documents', headers, body: 'x'})).status, 502);
});

test('who is answered while they still send sees the answer, though they want the connection closed', async (t) => {
  const url = await passing(
    t,
    await listening(t, (request, response) => {
      request.resume();
      response.writeHead(429, {'retry-after': '10'}).end('Later.');
    }),
  );

  const {answer, broke} = await sendAll(url, {path: '/documents', length: 5_000_000});

  t.regex(answer, /^HTTP\/1\.1 429 .*Later\./s);
  t.is(broke, null);
});

test('an upload leaves no connection behind', async (t) => {
  const open = new Set<object>();
  let taken = 0;
  const url = await passing(
    t,
    await listening(t, (request, response) => {
      const {socket} = request;
      taken += open.has(socket) ? 0 : 1;
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      request.on('end', () => response.end('taken')).resume();
    }),
  );
  for (let count = 0; count < 20; count++) await ask(url, {method: 'POST', path: '/documents', body: 'x'});
  t.is(taken, 20);
  while (open.size > 0) await new Promise(setImmediate);
});

test('who waits is known at the door that the receipt names too, and hears of the upload whatever happens there', async (t) => {
  let archive: RequestListener = (_request, response) =>
    response.writeHead(200, {'preference-applied': 'wait'}).end('{"status":"answered"}');
  const asked: IncomingMessage[] = [];
  let named = location;
  const url = await passing(
    t,
    await listening(t, (request, response) => {
      if (request.method === 'POST') {
        request.on('end', () => response.writeHead(202, {location: named}).end('the receipt')).resume();
        return;
      }
      asked.push(request);
      archive(request, response);
    }),
  );
  const upload = async () => {
    const {status, body} = await ask(url, {
      method: 'POST',
      path: '/documents',
      headers: {prefer: 'wait=1'},
      body: 'x',
    });
    return [status, body];
  };
  t.deepEqual(await upload(), [200, '{"status":"answered"}']);
  t.is(asked[0]?.url, '/documents/doc-1');
  t.is(asked[0]?.headers['prefer'], 'wait=1');
  t.like(decodeJwt(String(asked[0]?.headers[identityHeader])), {
    sub: 'local',
    role: 'operate',
    aud: 'archive',
    htm: 'GET',
    htu: '/documents/doc-1',
  });
  const failures: RequestListener[] = [
    (_request, response) => response.destroy(),
    (_request, response) => response.writeHead(404).end('{}'),
    (_request, response) => response.writeHead(500).end(),
  ];
  for (const failing of failures) {
    archive = failing;
    t.is((await upload())[0], 202);
  }
  archive = (_request, response) => response.end('{"status":"in-work"}');
  t.deepEqual(await upload(), [202, '{"status":"in-work"}']);
  const before = asked.length;
  for (const elsewhere of ['https://example.com/', '//example.com/api/x', '/api/../x', '/elsewhere']) {
    named = elsewhere;
    t.deepEqual(await upload(), [202, 'the receipt']);
  }
  t.is(asked.length, before, 'nobody is asked at another place');
});

test('who waits hears the end though the connection by which it is asked for is closed just then', async (t) => {
  const asked: IncomingMessage['socket'][] = [];
  const serviceUrl = await listening(t, (request, response) => {
    request.resume();
    if (request.method === 'POST') return void response.writeHead(202, {location}).end('taken');
    const isKept = asked.includes(request.socket);
    asked.push(request.socket);
    if (isKept) return void request.socket.destroy();
    return void response.writeHead(200, {'preference-applied': 'wait'}).end('ended');
  });
  const url = await passing(t, serviceUrl);
  for (const _ of ['first', 'second']) {
    const answer = await ask(url, {
      method: 'POST',
      path: '/documents',
      headers: {prefer: 'wait=1'},
      body: 'x',
    });
    t.deepEqual([answer.status, answer.body], [200, 'ended']);
  }
  const [first, second, third] = asked;
  t.is(second, first, 'the connection was not kept');
  t.not(third, first);
});
