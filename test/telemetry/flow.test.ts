/** One document and one dead letter through all of DIP, every service cold, seen from where telemetry is sent. */
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {documentReceived} from '#events';
import {startDip, temporaryFolder} from '../dip-process.ts';
import {type Archive, readArchive, untilQuiet} from '../flow/archive.ts';
import {changedManifests, ofTheWay} from '../flow/manifests.ts';
import type {Point, Span} from './otlp.ts';
import {type Receiver, receiver} from './receiver.ts';

const caller = {trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7'};
const text = 'A debt collector calls me every day about a loan that I paid back a year ago.';

interface Seen extends Receiver {
  archive: Archive;
  documentId: string;
  /** Of all services. */
  log: Record<string, string>[];
}

/** The spans, numbers and lines of the one document. */
let seen: Seen;

const ends: (() => void)[] = [];

test.after.always(() => {
  for (const end of ends) end();
});

test.before('a document is handed in and a letter is given up', async () => {
  const collector = await receiver({teardown: (end) => ends.push(end)});
  const folder = await temporaryFolder();
  const manifests = await changedManifests(path.join(folder, 'manifests'), {services: ofTheWay});
  const dip = await startDip(folder, manifests, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'laptop',
  });
  const upload = await fetch(`${dip.url}/api/ingestion/documents`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      prefer: 'wait=60',
      traceparent: `00-${caller.trace}-${caller.span}-01`,
    },
    body: text,
  });
  const {documentId, status}: {documentId: string; status: string} = JSON.parse(await upload.text());
  await post(dip.url, 'com.example.nobody-knows');
  await post(dip.url, documentReceived.type);
  await untilQuiet(dip.url);
  const archive = await readArchive(dip.url);
  await dip.stop();
  if (status !== 'answered') throw new Error(`The document is ${status}.`);
  seen = {...collector, archive, documentId, log: await logOf(folder)};
});

/** Two events from elsewhere: the one that no contract declares is only kept, the other breaks its contract. */
async function post(url: string, type: string): Promise<void> {
  const event = {specversion: '1.0', id: `elsewhere-${type}`, source: '/elsewhere', type, data: {}};
  const answer = await fetch(`${url}/dip/default`, {
    method: 'POST',
    headers: {'content-type': 'application/cloudevents+json'},
    body: JSON.stringify(event),
  });
  if (answer.status !== 202) throw new Error(`Expected 202, got ${answer.status}.`);
}

async function logOf(folder: string): Promise<Record<string, string>[]> {
  const files = await readdir(path.join(folder, 'logs'));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, 'logs', file), 'utf8')));
  return texts.flatMap((lines) =>
    lines.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),
  );
}

const own = () => seen.spans.filter(({traceId}) => traceId === caller.trace);

test('from the upload to the answer and the archive it is one trace, the caller’s', (t) => {
  const about = seen.spans.filter(
    ({attributes}) => attributes['cloudevents.event_subject'] === seen.documentId,
  );

  t.is(
    about.length,
    1 + 9 + 9,
    'published once, then delivered and received by four services and the archive',
  );
  t.deepEqual([...new Set(about.map(({traceId}) => traceId))], [caller.trace]);
  const begun = seen.archive.facts
    .filter(({attributes}) => attributes['subject'] === seen.documentId)
    .map(({attributes}) => String(attributes['traceparent']).slice(3, 35));
  t.deepEqual(begun, Array(5).fill(caller.trace));
});

test('every span follows from one that arrived too, up to the caller’s', (t) => {
  const known = new Set(own().map(({spanId}) => spanId));
  const roots = own().filter(({parentSpanId}) => !known.has(parentSpanId));

  t.deepEqual(
    roots.map(({name, kind, parentSpanId}) => ({name, kind, parentSpanId})),
    [{name: 'POST /api/ingestion/documents', kind: 'server', parentSpanId: caller.span}],
  );
  t.is(known.size, own().length, 'no span came twice');
});

test('each hop is a delivery, a receipt and its handling, one within the other', (t) => {
  const hops = {
    ingestion: 'received-to-ingestion',
    classification: 'ingested-to-classification',
    routing: 'classified-to-routing',
    response: 'decided-to-response',
  };
  for (const [service, trigger] of Object.entries(hops)) {
    const [delivered, received, handled] = ['deliver', 'receive', 'handle'].map((what) =>
      own().filter(({name}) => name === `${what} ${service}`),
    );
    t.deepEqual([delivered?.length, received?.length, handled?.length], [1, 1, 1], service);
    t.is(received?.[0]?.parentSpanId, delivered?.[0]?.spanId);
    t.is(handled?.[0]?.parentSpanId, received?.[0]?.spanId);
    t.like(delivered?.[0], {kind: 'client', resource: {'service.name': 'laptop'}});
    t.is(delivered?.[0]?.attributes['messaging.destination.subscription.name'], trigger);
    t.is(delivered?.[0]?.attributes['http.response.status_code'], 200);
    t.like(received?.[0], {kind: 'consumer', resource: {'service.name': service}});
  }
  t.is(own().filter(({name}) => name === 'receive archive').length, 5);
});

test('what began the document is linked where it is not the parent', (t) => {
  const [published] = own().filter(({name}) => name === 'publish dip/default');
  const origin = own().find(({spanId}) => spanId === published?.parentSpanId);

  t.like(published, {kind: 'producer', resource: {'service.name': 'ingestion'}});
  t.is(origin?.name, 'POST /documents');
  for (const span of own().filter(({name}) => name.startsWith('receive ')))
    t.deepEqual(span.links, [{traceId: caller.trace, spanId: origin?.spanId ?? ''}], span.name);
});

test('the front doors are server spans with the method, the route and the status', (t) => {
  const doors = own().filter(({kind}) => kind === 'server');

  t.deepEqual(
    doors.map(({name, attributes}) => `${name} ${attributes['http.response.status_code']}`).sort(),
    ['GET /documents/:id 200', 'POST /api/ingestion/documents 200', 'POST /documents 202'],
  );
  t.is(doors.find(({name}) => name === 'GET /documents/:id')?.attributes['http.route'], '/documents/:id');
  t.false(doors.some(({status}) => status === 'error'));
});

test('no span holds a word that a person wrote', (t) => {
  t.notRegex(JSON.stringify(seen.spans.map(({attributes, name}) => [name, attributes])), /collector|loan/);
});

test('time passes within a span and after its parent began', (t) => {
  const starts = new Map(own().map((span): [string, Span] => [span.spanId, span]));
  for (const span of own()) {
    t.true(span.end >= span.start, span.name);
    const parent = starts.get(span.parentSpanId);
    // Clocks of two processes are read to the millisecond.
    if (parent !== undefined) t.true(span.start + 2_000_000n >= parent.start, span.name);
  }
});

const pointsOf = (metric: string, service: string): Point[] =>
  seen.points.filter((point) => point.metric === metric && point.resource['service.name'] === service);
const sumOf = (points: readonly Point[]): number => points.reduce((sum, {value}) => sum + value, 0);

test('what the archive counted is what it keeps, by type; types of nobody’s are one', (t) => {
  const counted = pointsOf('messaging.client.consumed.messages', 'archive');
  const kept: Record<string, number> = {};
  for (const {attributes} of seen.archive.facts) {
    const type = String(attributes['type']);
    const word = type.startsWith('com.dip.') ? type : '_OTHER';
    kept[word] = (kept[word] ?? 0) + 1;
  }

  t.is(sumOf(counted), seen.archive.facts.length);
  t.deepEqual(
    Object.fromEntries(
      counted.map(({attributes, value}) => [attributes['cloudevents.event_type'], value]).sort(),
    ),
    Object.fromEntries(Object.entries(kept).sort()),
  );
  t.true(counted.every(({attributes}) => attributes['dip.outcome'] === 'handled'));
  t.is(kept['_OTHER'], 1);
});

test('the letter that was given up is counted where it was refused and where it is kept', (t) => {
  const rejected = pointsOf('messaging.client.consumed.messages', 'ingestion').filter(
    ({attributes}) => attributes['dip.outcome'] === 'rejected',
  );

  t.deepEqual(
    rejected.map(({attributes, value}) => [attributes['error.type'], value]),
    [['rejected', 1]],
  );
  t.like(pointsOf('dip.dead_letters.kept', 'dead-letter').at(-1), {
    value: 1,
    unit: '{letter}',
    kind: 'gauge',
  });
});

test('each service says how long it took, and that nothing is in flight any more', (t) => {
  for (const service of ['ingestion', 'classification', 'routing', 'response', 'archive']) {
    const consumed = sumOf(pointsOf('messaging.client.consumed.messages', service));
    t.true(consumed > 0, service);
    t.is(sumOf(pointsOf('messaging.process.duration', service)), consumed, service);
    t.is(sumOf(pointsOf('dip.events.in_flight', service)), 0, service);
  }
  t.is(sumOf(pointsOf('messaging.client.sent.messages', 'ingestion')), 1);
  const delivered = pointsOf('messaging.client.sent.messages', 'laptop');
  t.true(sumOf(delivered) >= 10);
  t.false(delivered.some(({attributes}) => 'cloudevents.event_type' in attributes));
  t.true(delivered.some(({attributes}) => attributes['error.type'] === '400'));
});

test('nothing is unfinished when all has ended', (t) => {
  t.is(pointsOf('dip.documents.unfinished', 'archive').at(-1)?.value, 0);
  t.is(pointsOf('dip.documents.oldest_unfinished', 'archive').at(-1)?.value, 0);
});

test('every line that a service logs of the document leads to its trace', (t) => {
  const lines = seen.log.filter(({subject}) => subject === seen.documentId);
  const spans = new Map(own().map((span): [string, string] => [span.spanId, span.name]));

  t.is(lines.length, 4 + 5);
  for (const line of lines) {
    t.is(line['trace_id'], caller.trace);
    t.is(spans.get(line['span_id'] ?? ''), `receive ${line['service']}`);
  }
});
