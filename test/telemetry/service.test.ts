import {createServer, type ServerResponse} from 'node:http';
import test from 'ava';
import {encodeBinary} from '#kit/wire';
import project from '#package' with {type: 'json'};
import {freePort} from '../kit/ports.ts';
import {deliver, letter, send} from '../kit/serving.ts';
import {ended, postOffice} from './office.ts';
import {has} from './otlp.ts';
import {listening, receiver} from './receiver.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const origin = '00f067aa0ba902b7';
const hop = 'b7ad6b7169203331';
const otherTrace = '0af7651916cd43dd8448eb211c80319c';

/** An event that began at `origin`, as a broker hands it over that says `traceparent` of its own. */
function deliverBy(url: string, traceparent: string, attributes = {traceparent: `00-${trace}-${origin}-01`}) {
  const {headers, body} = encodeBinary(letter('letter-17', attributes));
  const request = {method: 'POST', headers: {...headers, traceparent}, body: new Uint8Array(body)};
  return send(`${url}/events`, request);
}

test('a delivery and its handling are spans by the conventions, sent before the service has ended', async (t) => {
  const collector = await receiver(t);
  const office = await postOffice(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    K_REVISION: 'office-00007',
  });

  await deliver(office.url, letter('letter-17', {traceparent: `00-${trace}-${origin}-01`}));
  const {code} = await ended(office);

  t.is(code, 0);
  t.deepEqual([...collector.types], ['application/x-protobuf']);
  const [received, handled] = ['receive post-office', 'handle post-office'].map((name) =>
    collector.spans.find((span) => span.name === name),
  );
  t.like(received, {traceId: trace, parentSpanId: origin, kind: 'consumer', links: [], status: 'unset'});
  t.like(received?.attributes, {
    'messaging.system': 'knative',
    'messaging.operation.name': 'receive',
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'post-office',
    'messaging.message.id': 'letter-17',
    'cloudevents.event_id': 'letter-17',
    'cloudevents.event_source': '/services/post-office',
    'cloudevents.event_type': 'com.dip.letter.written',
    'http.response.status_code': 200,
  });
  t.true(Number(received?.attributes['messaging.message.body.size']) > 2);
  t.like(handled, {traceId: trace, parentSpanId: received?.spanId ?? '', kind: 'internal'});
  t.like(received?.resource, {
    'service.name': 'post-office',
    'service.namespace': 'dip',
    'service.version': project.version,
    'faas.version': 'office-00007',
  });
  t.regex(String(received?.resource['service.instance.id']), /^[0-9a-f-]{36}$/);
  await t.notThrowsAsync(office.printed('telemetry loaded'));
});

test('a hop of the event’s own trace is the parent and the origin is linked; another hop is linked only', async (t) => {
  const collector = await receiver(t);
  const office = await postOffice(t, {OTEL_EXPORTER_OTLP_ENDPOINT: collector.url});

  await deliverBy(office.url, `00-${trace}-${hop}-01`);
  await deliverBy(office.url, `00-${otherTrace}-${hop}-01`);
  await deliverBy(office.url, 'nonsense');
  await ended(office);

  const received = collector.spans.filter(({name}) => name === 'receive post-office');
  t.deepEqual(
    received.map(({traceId, parentSpanId, links}) => ({traceId, parentSpanId, links})),
    [
      {traceId: trace, parentSpanId: hop, links: [{traceId: trace, spanId: origin}]},
      {traceId: trace, parentSpanId: origin, links: [{traceId: otherTrace, spanId: hop}]},
      {traceId: trace, parentSpanId: origin, links: []},
    ],
  );
});

test('a trace that is not sampled is not sent, and its reply says so too', async (t) => {
  const collector = await receiver(t);
  const office = await postOffice(t, {OTEL_EXPORTER_OTLP_ENDPOINT: collector.url});
  const unsampled = `00-${trace}-${origin}-00`;

  const {reply} = await deliver(office.url, letter('letter-17', {traceparent: unsampled}));
  await ended(office);

  t.is(reply?.attributes['traceparent'], unsampled);
  t.deepEqual(collector.spans, []);
});

test('events are counted by type and outcome, and what no contract declares under one word', async (t) => {
  const collector = await receiver(t);
  const office = await postOffice(t, {OTEL_EXPORTER_OTLP_ENDPOINT: collector.url});

  for (const id of ['1', '2', '2']) await deliver(office.url, letter(id));
  for (const type of ['com.example.one', 'com.example.two']) await deliver(office.url, letter(type, {type}));
  await ended(office);

  const counted = collector.points
    .filter(({metric}) => metric === 'messaging.client.consumed.messages')
    .map(({attributes, value}) => [attributes['cloudevents.event_type'], attributes['dip.outcome'], value]);
  t.deepEqual(counted.sort(), [
    ['_OTHER', 'rejected', 2],
    ['com.dip.letter.written', 'repeated', 1],
    ['com.dip.letter.written', 'replied', 2],
  ]);
  const durations = collector.points.filter(({metric}) => metric === 'messaging.process.duration');
  t.deepEqual(durations.map(({value, unit, bounds}) => [value, unit, bounds[0], bounds.at(-1)]).sort(), [
    [2, 's', 0.005, 10],
    [3, 's', 0.005, 10],
  ]);
  t.true(durations.every(({sum}) => sum > 0 && sum < 60));
  t.deepEqual(
    collector.points.filter(({metric}) => metric === 'dip.events.in_flight').map(({value}) => value),
    [0],
  );
});

test('OpenTelemetry’s own variables name, sample and encode', async (t) => {
  const collector = await receiver(t);
  const named = await postOffice(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'main-office',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging,service.namespace=mine',
    OTEL_METRICS_EXPORTER: 'none',
  });
  await deliver(named.url, letter('1'));
  await ended(named);

  t.true(collector.spans.length > 0);
  t.deepEqual(collector.points, []);
  t.true(
    collector.spans.every(({resource}) =>
      has(resource, {
        'service.name': 'main-office',
        'service.namespace': 'mine',
        'deployment.environment.name': 'staging',
      }),
    ),
  );

  collector.spans.length = 0;
  const silent = await postOffice(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: 'always_off',
  });
  await deliver(silent.url, letter('1'));
  await ended(silent);

  t.deepEqual(collector.spans, []);
  t.true(collector.points.length > 0);

  const json = await postOffice(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  await deliver(json.url, letter('1', {traceparent: `00-${trace}-${origin}-01`}));
  await ended(json);

  t.true(collector.types.has('application/json'));
  t.true(collector.spans.some(({name, traceId}) => name === 'receive post-office' && traceId === trace));
});

test('an endpoint for traces alone sends no metrics anywhere', async (t) => {
  const collector = await receiver(t);
  const office = await postOffice(t, {OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`});

  await deliver(office.url, letter('1'));
  const {code, stdout} = await ended(office);

  t.is(code, 0);
  t.true(collector.spans.length > 0);
  t.deepEqual(collector.points, []);
  t.notRegex(stdout, /Telemetry:|not sent/);
});

const faults: Record<string, (response: ServerResponse) => void> = {
  hangs: () => {},
  'answers 500': (response) => response.writeHead(500).end(),
  'wants to be asked in a minute': (response) => response.writeHead(429, {'retry-after': '60'}).end(),
  'breaks off': (response) => response.destroy(),
};
for (const [what, answer] of Object.entries(faults)) {
  test(`an endpoint that ${what} keeps a service neither from answering nor from ending`, async (t) => {
    const url = await listening(
      t,
      createServer((request, response) => {
        request.resume();
        answer(response);
      }),
    );
    const office = await postOffice(t, {OTEL_EXPORTER_OTLP_ENDPOINT: url});

    const begin = performance.now();
    const {status} = await deliver(office.url, letter('1'));
    const answeredMs = performance.now() - begin;
    const {code} = await ended(office);

    t.is(status, 200);
    // The SDK itself would wait for ten seconds.
    t.true(answeredMs < 8000, `${answeredMs}`);
    t.is(code, 0);
    t.true(performance.now() - begin < answeredMs + 8000);
  });
}

test('an endpoint that nobody listens at is told in the log, once', async (t) => {
  const deserted = `http://127.0.0.1:${await freePort()}`;
  const office = await postOffice(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: deserted,
    OTEL_EXPORTER_OTLP_TIMEOUT: '200',
    OTEL_BSP_SCHEDULE_DELAY: '20',
  });

  for (const id of ['1', '2', '3']) {
    const {status} = await deliver(office.url, letter(id));
    t.is(status, 200);
    await office.printed('"message":"Telemetry: connect ECONNREFUSED');
  }
  const {code, stdout} = await ended(office);

  t.is(code, 0);
  t.is(stdout.match(/"message":"Telemetry: /g)?.length, 1, stdout);
});

test('without an endpoint nothing of OpenTelemetry is loaded', async (t) => {
  const office = await postOffice(t);

  await t.notThrowsAsync(office.printed('telemetry not loaded'));
});
