import {createServer, type RequestListener} from 'node:http';
import {connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {eventOf} from '../events.ts';
import {manifestsOf, serviceOf, triggerOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';
import {subscriber} from '../subscriber.ts';
import {ask, event, raw} from './asking.ts';

const large = Buffer.alloc(30 * 1024 * 1024, 'x');
const post = {method: 'POST', path: '/dip/default', headers: event};

test('an event that is far too large gets its answer, sized or not', async (t) => {
  const {url} = await runBroker(t, manifestsOf({}));
  const sized = await ask(url, {...post, body: large});
  t.is(sized.status, 413);
  t.regex(sized.body, /at most 1048576 bytes/);
  const headers = {...event, 'transfer-encoding': 'chunked'};
  t.is((await ask(url, {...post, headers, body: large})).status, 413);
  const anywhere = await ask(url, {...post, path: '/nowhere', body: large});
  t.is(anywhere.status, 400);
});

test('an event of exactly the most bytes is taken, and of one more is not', async (t) => {
  const {url} = await runBroker(t, manifestsOf({}));
  t.is((await ask(url, {...post, body: large.subarray(0, 1_048_576)})).status, 202);
  t.is((await ask(url, {...post, body: large.subarray(0, 1_048_577)})).status, 413);
});

test('an event in chunks, or announced before it is sent, is taken', async (t) => {
  const heard = await subscriber(t);
  const {url} = await runBroker(t, manifestsOf({triggers: [triggerOf('all', heard.url)]}));
  const chunked = {...event, 'transfer-encoding': 'chunked'};
  t.is((await ask(url, {...post, headers: chunked, body: 'in chunks'})).status, 202);
  const head = Object.entries(event).map(([name, value]) => `${name}: ${value}`);
  const announced = [
    'POST /dip/default HTTP/1.1',
    `Host: ${new URL(url).host}`,
    ...head,
    'Expect: 100-continue',
    'Connection: close',
    'Content-Length: 5',
    '',
    'later',
  ];
  const answer = await raw(url, announced.join('\r\n'));
  t.regex(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202/);
  await heard.until(2);
  t.deepEqual(heard.received.map(({body}) => body.toString()).toSorted(), ['in chunks', 'later']);
});

test('an event that was broken off is not kept, and the broker goes on', async (t) => {
  const heard = await subscriber(t);
  const {url} = await runBroker(t, manifestsOf({triggers: [triggerOf('all', heard.url)]}));
  const {hostname, port, host} = new URL(url);
  const head = Object.entries({...event, 'ce-id': 'broken'}).map(([name, value]) => `${name}: ${value}`);
  await new Promise<void>((resolve) => {
    const socket = connect({host: hostname, port: Number(port)}, () => {
      const lines = [
        'POST /dip/default HTTP/1.1',
        `Host: ${host}`,
        ...head,
        'Content-Length: 1000',
        '',
        'part',
      ];
      socket.write(lines.join('\r\n'), () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
  t.is((await ask(url, {...post, body: 'whole'})).status, 202);
  await heard.until(1);
  t.deepEqual(
    heard.received.map(({headers}) => headers['ce-id']),
    ['a'],
  );
});

test('a service that answers before it has read everything is heard', async (t) => {
  const service = await serverOf(t, (request, response) => {
    response.writeHead(413).end('too large');
    request.resume();
  });
  const {url} = await runBroker(t, manifestsOf({services: [serviceOf('ingestion', [], {url: service})]}));
  const body = large.subarray(0, 25 * 1024 * 1024);
  const answer = await ask(url, {method: 'POST', path: '/api/ingestion/documents', body});
  t.is(answer.status, 413);
  t.is(answer.body, 'too large');
});

test('a document may be large, and nothing else that a person sends, whatever was announced', async (t) => {
  const service = await serverOf(t, (request, response) => {
    request.on('end', () => response.end('taken')).resume();
  });
  const services = ['ingestion', 'other'].map((name) => serviceOf(name, [], {url: service}));
  const {url} = await runBroker(t, manifestsOf({services}));
  const post = (path: string, length: number, headers: Record<string, string> = {}) =>
    ask(url, {method: 'POST', path, headers, body: large.subarray(0, length)});
  const documents = '/api/ingestion/documents';
  const chunked = {'transfer-encoding': 'chunked'};
  const most = 25 * 1024 * 1024 + 64 * 1024;
  t.is((await post(documents, most)).body, 'taken');
  t.is((await post(documents, most, chunked)).body, 'taken');
  t.is((await post('/api/other/things', 1_048_576, chunked)).body, 'taken');
  for (const headers of [{}, chunked, {...chunked, prefer: 'wait=1'}]) {
    t.is((await post(documents, most + 1, headers)).status, 413);
    const answer = await post('/api/other/things', 1_048_577, headers);
    t.is(answer.status, 413);
    t.regex(answer.body, /at most 1048576 bytes/);
  }
});

test('no request hides in the body of another', async (t) => {
  const heard = await subscriber(t);
  const {url} = await runBroker(t, manifestsOf({services: [serviceOf('other', [], {url: heard.url})]}));
  const hidden = 'POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n';
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
    const lines = [`${method} /api/other/x HTTP/1.1`, `Host: ${new URL(url).host}`];
    const named = [
      ...lines,
      'Connection: content-length, close',
      `Content-Length: ${hidden.length}`,
      '',
      hidden,
    ];
    t.regex(await raw(url, named.join('\r\n')), /^HTTP\/1\.1 202/);
    const both = [
      ...lines,
      'Transfer-Encoding: chunked',
      `Content-Length: ${hidden.length}`,
      '',
      '0',
      '',
      hidden,
    ];
    t.regex(await raw(url, both.join('\r\n')), /^HTTP\/1\.1 400/);
  }
  t.deepEqual([...new Set(heard.received.map((request) => request.url))], ['/x']);
  for (const {body} of heard.received) t.is(body.toString(), hidden);
});

test('a service that breaks off in the midst of an answer breaks off for the client too', async (t) => {
  const broken = await subscriber(t, (_request, response) => {
    response.writeHead(200, {'content-length': '100'});
    response.write('part', () => response.destroy());
  });
  const gone = await subscriber(t, (request) => request.socket.destroy());
  const services = [serviceOf('broken', [], {url: broken.url}), serviceOf('gone', [], {url: gone.url})];
  const {url} = await runBroker(t, manifestsOf({services}));
  await t.throwsAsync(ask(url, {path: '/api/broken/x'}));
  const answer = await ask(url, {path: '/api/gone/x'});
  t.is(answer.status, 502);
  t.regex(answer.body, /The service broke off/);
});

test('a client that breaks off lets the service know', async (t) => {
  const left = Promise.withResolvers<void>();
  const slow = await subscriber(t, (request) => request.socket.on('close', () => left.resolve()));
  const {url} = await runBroker(t, manifestsOf({services: [serviceOf('slow', [], {url: slow.url})]}));
  const {hostname, port, host} = new URL(url);
  const socket = connect({host: hostname, port: Number(port)}, () =>
    socket.write(`GET /api/slow/x HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
  );
  while (slow.received.length === 0) await new Promise(setImmediate);
  socket.destroy();
  await left.promise;
  t.pass();
});

test('an upload that is broken off while somebody waits for its end frees the service', async (t) => {
  const left = Promise.withResolvers<void>();
  const service = await serverOf(t, (request) => {
    request.on('close', () => left.resolve()).resume();
    socket.destroy();
  });
  const {url} = await runBroker(t, manifestsOf({services: [serviceOf('ingestion', [], {url: service})]}));
  const {hostname, port, host} = new URL(url);
  const lines = ['POST /api/ingestion/documents HTTP/1.1', `Host: ${host}`, 'Prefer: wait=10'];
  const socket = connect({host: hostname, port: Number(port)}, () =>
    socket.write([...lines, 'Content-Length: 1000', '', 'part'].join('\r\n')),
  );
  await left.promise;
  t.pass();
});

test('no attribute of a reply gets a header of its own into what is sent on', async (t) => {
  const second = await subscriber(t);
  const sneaky = await subscriber(t, (request, response) => {
    if (request.headers['ce-type'] !== 'com.example.happened') return response.writeHead(202).end();
    const reply = {
      specversion: '1.0',
      id: 'r',
      type: 'reply',
      source: '/r',
      subject: 'a\r\nx-injected: 1',
    };
    return response
      .writeHead(200, {'content-type': 'application/cloudevents+json'})
      .end(JSON.stringify(reply));
  });
  const {eventing, said} = await runBroker(
    t,
    manifestsOf({
      triggers: [
        triggerOf('sneaky', sneaky.url, {
          delivery: {
            retry: 0,
            backoffPolicy: 'linear',
            backoffDelayMs: null,
            timeoutMs: 1000,
            deadLetterSink: null,
          },
        }),
        triggerOf('second', second.url),
      ],
    }),
  );
  await eventing.accept({namespace: 'dip', name: 'default'}, eventOf('a', {subject: 'ü\u{1f600}"%\\'}));
  await second.until(1);
  while (said.length === 0) await new Promise(setImmediate);
  t.regex(said[0] ?? '', /control character/);
  t.is(second.received.length, 1);
  t.is(second.received[0]?.headers['x-injected'], undefined);
  t.is(decodeURIComponent(String(second.received[0]?.headers['ce-subject'])), 'ü\u{1f600}"%\\');
});

/** A server that does not read what it is sent before it answers. */
async function serverOf(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
