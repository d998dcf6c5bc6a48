import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import http from 'node:http';
import {connect, createServer} from 'node:net';
import path from 'node:path';
import {PassThrough} from 'node:stream';
import {text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {door, service} from '#kit';
import {readConfig, start} from '#kit/wire';
import {type Child, child} from './child.ts';
import {anyAnswer, letterWritten} from './letters.ts';
import {freePort} from './ports.ts';
import {deliver, folder, letter, operator, sameBytes, send, serving, signedBy} from './serving.ts';

const cli = '../../services/cli/start.mjs';

async function postOffice(t: ExecutionContext, dataDirectory: string): Promise<Child & {url: string}> {
  const port = await freePort();
  const started = child(t, './post-office.ts', [], {PORT: String(port), DIP_DATA_DIR: dataDirectory});
  await started.printed('ready');
  return {...started, url: `http://127.0.0.1:${port}`};
}

const wrong: Record<string, [Record<string, string>, RegExp]> = {
  'PORT is a word': [{PORT: 'eighty'}, /^routing: Expected PORT from 0 to 65535, got "eighty"\.\n$/],
  'PORT is too high': [{PORT: '65536'}, /^routing: Expected PORT from 0 to 65535, got "65536"\.\n$/],
  'PORT is a fraction': [{PORT: '80.5'}, /^routing: Expected PORT from 0 to 65535, got "80\.5"\.\n$/],
  'K_SINK is no address': [{K_SINK: 'broker'}, /^routing: Expected K_SINK to be an http or https URL/],
  'telemetry has no address': [
    {OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318'},
    /^routing: Expected OTEL_EXPORTER_OTLP_ENDPOINT to be an http or https URL, got "collector:4318"\.\n$/,
  ],
  'telemetry is to go by gRPC': [
    {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc'},
    /^routing: Expected OTEL_EXPORTER_OTLP_PROTOCOL to be http\/protobuf or http\/json, got "grpc"\.\n$/,
  ],
  'the database is nowhere': [{DATABASE_URL: 'postgres://me:secret@db'}, /^routing: Expected DATABASE_URL/],
};
for (const [what, [env, sentence]] of Object.entries(wrong)) {
  test(`${what}: one sentence without secrets, and exit 78`, async (t) => {
    const settings = {PORT: '0', DIP_DATA_DIR: folder(t), ...env};

    const {code, stderr} = await child(t, cli, ['serve', 'routing'], settings).ended;

    t.is(code, 78);
    t.regex(stderr, sentence);
    t.is(stderr.trimEnd().split('\n').length, 1);
    t.false(stderr.includes('secret'));
  });
}

test('a data directory that can not be one is exit 78', async (t) => {
  const file = path.join(folder(t), 'file');
  writeFileSync(file, '');

  const {code, stderr} = await child(t, cli, ['serve', 'routing'], {PORT: '0', DIP_DATA_DIR: file}).ended;

  t.is(code, 78);
  t.regex(stderr, /^routing: DIP_DATA_DIR is no place to keep data: .+\n$/);
});

test('a port that is taken is told in a sentence', async (t) => {
  const port = await freePort();
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  t.teardown(() => holder.close());

  const env = {PORT: String(port), DIP_DATA_DIR: folder(t)};
  const {code, stderr} = await child(t, './post-office.ts', [], env).ended;

  t.is(code, 1);
  t.regex(stderr, /^post-office: .*EADDRINUSE.*\n$/);
});

test('told to end, a service answers what is under way, closes every connection and ends with 0', async (t) => {
  const office = await postOffice(t, folder(t));
  const port = Number(new URL(office.url).port);
  const agent = new http.Agent({keepAlive: true});
  t.teardown(() => agent.destroy());
  for (const text of ['', 'POST /events HTTP/1.1\r\nhost: he']) {
    const waiting = connect(port, '127.0.0.1').on('error', () => {});
    await once(waiting, 'connect');
    waiting.write(text);
  }
  await deliver(office.url, letter('idle'));
  const request = http.request(`${office.url}/events`, {method: 'POST', agent, headers: waitingHeaders()});
  request.end(JSON.stringify(letterWritten.example));
  await office.printed('waiting');

  office.process.kill('SIGTERM');
  await office.printed('told to end');
  office.process.kill('SIGUSR2');
  const [response]: [http.IncomingMessage] = await once(request, 'response').then(([answer]) => [answer]);
  response.resume();
  const {code, stderr} = await office.ended;

  t.is(response.statusCode, 200);
  t.truthy(response.headers['ce-id']);
  t.is(response.headers.connection, 'close');
  t.is(stderr, '');
  t.is(code, 0);
});

test('told to end, a service waits for no work longer than nine seconds', async (t) => {
  const office = await postOffice(t, folder(t));
  const unanswered = deliver(office.url, letter('1', {waits: 'yes'}));
  await office.printed('waiting');

  office.process.kill('SIGTERM');
  await t.throwsAsync(unanswered);
  const {code, stderr} = await office.ended;

  t.is(code, 1);
  t.is(stderr, 'post-office: some work did not end within 9000 ms.\n');
});

test('told to end while it starts, a service ends', async (t) => {
  const env = {PORT: '0', DIP_DATA_DIR: folder(t)};
  const office = child(t, './post-office.ts', ['never-starts'], env);
  await office.printed('starting');

  office.process.kill('SIGTERM');

  t.is((await office.ended).code, 0);
});

test('a service is ready until it is stopped; then it takes nothing new and ends what it has', async (t) => {
  const begun = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const slow = service({
    name: 'slow',
    receives: letterWritten,
    async handle() {
      begun.resolve();
      await letGo.promise;
      return undefined;
    },
  });
  const {url, stop} = await serving(t, slow);
  for (const probe of ['readyz', 'healthz']) t.is((await send(`${url}/${probe}`, {})).status, 200);
  const underWay = deliver(url, letter('1'));
  await begun.promise;

  const stopped = stop();
  await t.throwsAsync(send(`${url}/readyz`, {}));
  letGo.resolve();

  t.is((await underWay).status, 204);
  await t.notThrowsAsync(stopped);
});

test('an answer that has begun is finished, and its connection is not kept', async (t) => {
  const pages = new PassThrough();
  const reading = service({
    name: 'reading',
    receives: letterWritten,
    handle: async () => undefined,
    routes: {
      'GET /pages': door({role: 'submit', answers: anyAnswer, handle: async () => pages}),
    },
  });
  const {url, config, stop} = await serving(t, reading);
  const agent = new http.Agent({keepAlive: true});
  t.teardown(() => agent.destroy());
  pages.write('one ');
  const asked = {person: operator, service: 'reading', method: 'GET', path: '/pages'};
  const headers = await signedBy(config.identityDirectory, asked);
  const [response]: http.IncomingMessage[] = await once(
    http.get(`${url}/pages`, {agent, headers}),
    'response',
  );

  const stopped = stop();
  pages.end('two');

  t.is(await text(response ?? pages), 'one two');
  await t.notThrowsAsync(stopped);
});

test('two processes of one service answer one event, delivered to both at once, with the same bytes', async (t) => {
  const data = folder(t);
  const offices = await Promise.all([postOffice(t, data), postOffice(t, data)]);

  for (let number = 0; number < 20; number += 1) {
    const answers = await Promise.all(
      [...offices, ...offices].map(({url}) => deliver(url, letter(`letter-${number}`))),
    );
    t.deepEqual(
      answers.map(({status}) => status),
      [200, 200, 200, 200],
    );
    t.is(new Set(answers.map(sameBytes)).size, 1);
  }
});

test('an IPv6 address is written as URLs write it', async (t) => {
  const config = {...readConfig({PORT: '0', DIP_DATA_DIR: folder(t)}), host: '::1'};
  const silent = service({name: 'silent', receives: letterWritten, handle: async () => undefined});

  const running = await start(silent, config, () => {});
  t.teardown(() => running.stop());

  t.regex(running.url, /^http:\/\/\[::1\]:\d+$/);
});

function waitingHeaders(): Record<string, string> {
  return {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': 'waiting',
    'ce-source': '/tests',
    'ce-type': letterWritten.type,
    'ce-waits': 'yes',
  };
}
