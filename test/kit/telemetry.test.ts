import {once} from 'node:events';
import {createServer} from 'node:http';
import {buffer} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {type Child, child} from './child.ts';
import {freePort} from './ports.ts';
import {deliver, folder, letter} from './serving.ts';

async function postOffice(
  t: ExecutionContext,
  env: Readonly<Record<string, string>> = {},
): Promise<Child & {url: string}> {
  const port = await freePort();
  const settings = {PORT: String(port), DIP_DATA_DIR: folder(t), ...env};
  const started = child(t, './post-office.ts', [], settings);
  await started.printed('ready');
  return {...started, url: `http://127.0.0.1:${port}`};
}

test('with an endpoint, the span of an event arrives there before the service has ended', async (t) => {
  const arrived: {path: string | undefined; body: Buffer}[] = [];
  const receiver = createServer((request, response) => {
    void buffer(request).then((body) => {
      arrived.push({path: request.url, body});
      response.writeHead(200, {'content-type': request.headers['content-type']}).end();
    });
  });
  const port = await freePort();
  receiver.listen(port, '127.0.0.1');
  await once(receiver, 'listening');
  t.teardown(() => {
    receiver.close();
    receiver.closeAllConnections();
  });
  const office = await postOffice(t, {OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`});
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

  await deliver(office.url, letter('letter-17', {traceparent: `00-${trace}-00f067aa0ba902b7-01`}));
  office.process.kill('SIGTERM');
  const {code} = await office.ended;

  const traces = Buffer.concat(arrived.filter(({path}) => path === '/v1/traces').map(({body}) => body));
  t.is(code, 0);
  t.true(traces.includes('process com.dip.letter.written'));
  t.true(traces.includes('letter-17'));
  t.true(traces.includes('post-office'));
  t.true(traces.includes(Buffer.from(trace, 'hex')), 'the span is in the trace that the event began in');
  await t.notThrowsAsync(office.printed('telemetry loaded'));
});

test('telemetry that nobody takes keeps a service neither from answering nor from ending', async (t) => {
  const deserted = `http://127.0.0.1:${await freePort()}`;
  const office = await postOffice(t, {OTEL_EXPORTER_OTLP_ENDPOINT: deserted});

  const {status} = await deliver(office.url, letter('1'));
  office.process.kill('SIGTERM');
  const {code} = await office.ended;

  t.is(status, 200);
  t.is(code, 0);
});

test('without an endpoint the SDK of OpenTelemetry is not even loaded', async (t) => {
  const office = await postOffice(t);

  await t.notThrowsAsync(office.printed('telemetry not loaded'));
});
