/** One document through Knative's own broker, which records no spans itself. */
import {request} from 'node:http';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {startKnative} from '../cluster/knative.ts';
import {changedManifests, ofTheWay} from '../flow/manifests.ts';
import {freePort} from '../kit/ports.ts';
import {folder, makeKeys, operator, signedBy} from '../kit/serving.ts';
import {receiver} from './receiver.ts';

const project = path.join(import.meta.dirname, '../..');
const names = ofTheWay.filter((name) => name !== 'console');
const caller = {trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7'};

test('through Knative’s own broker too, a document is one whole trace, from services at zero', async (t) => {
  const collector = await receiver(t);
  const ports: Record<string, number> = {};
  for (const name of names) ports[name] = await freePort();
  const ingress = 'http://127.0.0.1:18081/dip/default';
  const data = folder(t);
  const keys = path.join(data, 'identity');
  makeKeys(keys);
  const env = {
    K_SINK: ingress,
    DIP_DATA_DIR: data,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
  const command = (name: string) => [
    process.execPath,
    path.join(project, 'services/cli/start.mjs'),
    'serve',
    name,
  ];
  const services = Object.fromEntries(
    names.map((name) => [`${name}.dip`, {command: command(name), port: ports[name] ?? 0, env}]),
  );
  const knative = await startKnative(t, {services});
  if (knative === undefined) return;
  t.teardown(() => knative.stop());
  const manifests = path.join(data, 'manifests');
  await changedManifests(manifests, {services: ofTheWay});
  await knative.apply(manifests);
  const {stdout} = await knative.kubectl(['get', 'triggers', '-n', 'dip', '-o', 'name']);
  for (const line of stdout.trim().split('\n'))
    await knative.ready('triggers', 'dip', line.split('/')[1] ?? '');

  const asking = {person: operator, service: 'ingestion', method: 'POST', path: '/documents'};
  const signed = await signedBy(keys, asking);
  const letter = {
    method: 'POST',
    headers: {...signed, 'content-type': 'text/plain', traceparent: `00-${caller.trace}-${caller.span}-01`},
    body: 'A debt collector calls me every day about a loan that I paid back a year ago.',
  };
  const send = () => fetchBy(knative.proxy, 'http://ingestion.dip.svc.cluster.local/documents', letter);
  let upload = await send();
  // What stands for Knative's activator here asks whether a service lives, not whether it takes work yet.
  for (const end = Date.now() + 30_000; upload.status === 503 && Date.now() < end; upload = await send())
    await wait(100);
  t.is(upload.status, 202, upload.body);
  const {documentId}: {documentId: string} = JSON.parse(upload.body);
  const facts = 5;
  const arrived = (name: string) => collector.spans.filter((span) => span.name === name);
  const began = () => {
    const own = collector.spans.filter(({traceId}) => traceId === caller.trace);
    const known = new Set(own.map(({spanId}) => spanId));
    return own
      .filter(({parentSpanId}) => !known.has(parentSpanId))
      .map(({name, parentSpanId}) => [name, parentSpanId]);
  };
  // A span may arrive after those that follow from it, as each service sends its own when it likes.
  const deadline = Date.now() + 90_000;
  while (
    Date.now() < deadline &&
    (arrived('receive response').length === 0 ||
      arrived('receive archive').length < facts ||
      began().length !== 1)
  )
    await wait(50);

  const spans = collector.spans.filter(
    ({attributes}) => attributes['cloudevents.event_subject'] === documentId,
  );
  t.deepEqual([...new Set(spans.map(({traceId}) => traceId))], [caller.trace]);
  t.deepEqual(began(), [['POST /documents', caller.span]]);
});

/** Through a forward proxy, which `fetch` can't. */
function fetchBy(
  proxy: string,
  url: string,
  {method, headers, body}: {method: string; headers: Record<string, string>; body: string},
): Promise<{status: number | undefined; body: string}> {
  const {hostname, port} = new URL(proxy);
  return new Promise((resolve, reject) => {
    const options = {hostname, port, path: url, method, headers: {...headers, host: new URL(url).host}};
    request(options, (answer) =>
      text(answer).then((said) => resolve({status: answer.statusCode, body: said}), reject),
    )
      .on('error', reject)
      .end(body);
  });
}
