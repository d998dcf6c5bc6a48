import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {matches} from '../../services/manifests/filter/filter.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';
import {broker, config, folder, kafkaChannel, read, service, trigger} from './written.ts';

const project = path.join(import.meta.dirname, '../..');

test('the YAML of this project is read as it stands, in the order of the flow', async (t) => {
  const {brokers, triggers, services} = await readManifests([
    path.join(project, 'config/knative'),
    path.join(project, 'triggers'),
  ]);

  t.deepEqual(
    brokers.map(({name, channel, partitions, delivery}) => [
      name,
      channel,
      partitions,
      delivery.deadLetterSink,
    ]),
    [
      ['default', 'KafkaChannel', 32, {kind: 'broker', namespace: 'dip', name: 'dead-letters'}],
      ['dead-letters', 'KafkaChannel', 32, null],
    ],
  );
  t.is(triggers[0]?.name, 'received-to-ingestion');
  t.true(triggers.every(({ordered, subscriber}) => ordered && subscriber.kind === 'service'));
  const serving = services.find(({name}) => name === 'classification');
  t.deepEqual(serving?.command, ['dip', 'serve', 'classification']);
  t.is(serving?.readinessPath, '/readyz');
  t.is(serving?.idleMs, 60_000);
});

test('files of a folder are read by name, the folders in it and other files are not', async (t) => {
  const place = await folder(t);
  await mkdir(path.join(place, 'inner'));
  await writeFile(path.join(place, 'inner', 'broken.yaml'), '{');
  await writeFile(path.join(place, 'notes.md'), '{');
  await writeFile(path.join(place, '2.yml'), JSON.stringify(trigger()));
  await writeFile(path.join(place, '1.yaml'), `---\n# nothing\n---\n${JSON.stringify(broker())}\n---\n`);

  const {brokers, triggers} = await readManifests([place]);

  t.is(brokers.length, 1);
  t.is(triggers.length, 1);
});

test('a Broker that says nothing gets what Knative gives it', async (t) => {
  const {brokers} = await read(t, [broker()]);

  t.like(brokers[0], {
    class: 'MTChannelBasedBroker',
    channel: 'InMemoryChannel',
    delivery: {
      retry: 10,
      backoffPolicy: 'exponential',
      backoffDelayMs: 200,
      timeoutMs: null,
      deadLetterSink: null,
    },
  });
});

test("a Broker's channel is read out of its ConfigMap", async (t) => {
  const {brokers} = await read(t, [broker(config), kafkaChannel]);

  t.like(brokers[0], {channel: 'KafkaChannel', partitions: 3, retentionMs: 86_400_000});
});

test('a trigger before its Broker and its subscriber is taken, with a note for each', async (t) => {
  const {triggers, notes} = await read(t, [trigger({filters: [{exact: {type: 'a'}}]})]);

  const [only] = triggers;
  t.true(only !== undefined && matches(only.filter, {type: 'a'}) && !matches(only.filter, {type: 'b'}));
  t.is(notes.length, 2);
  t.regex(
    notes[0] ?? '',
    /Trigger dip\/to-routing: spec\.broker names Broker dip\/default, which is in none of the/,
  );
  t.regex(notes[1] ?? '', /spec\.subscriber names Service dip\/routing, which is in none of the files/);
});

test('addresses that only a cluster knows are taken for what they mean', async (t) => {
  const ingress = 'http://broker-ingress.knative-eventing.svc.cluster.local/dip/dead-letters';
  const to = async (subscriber: object) => (await read(t, [trigger({subscriber})])).triggers[0]?.subscriber;

  t.deepEqual(await to({uri: ingress}), {kind: 'broker', namespace: 'dip', name: 'dead-letters'});
  t.deepEqual(await to({uri: 'http://routing.dip.svc.cluster.local/events?a=b'}), {
    kind: 'service',
    namespace: 'dip',
    name: 'routing',
    path: '/events?a=b',
  });
  t.deepEqual(await to({uri: 'https://example.com/hook'}), {kind: 'uri', uri: 'https://example.com/hook'});
});

test('what has no effect is noted with file, object and field', async (t) => {
  const {notes, forClusters} = await read(t, [
    broker({delivery: {format: 'json'}}, {'messaging.knative.dev/async-handler': 'true'}),
    trigger(),
    service({
      revision: {
        serviceAccountName: 'dip',
        volumes: [
          {name: 'tmp', emptyDir: {}},
          {name: 'words', configMap: {name: 'words'}},
        ],
      },
      container: {
        volumeMounts: [
          {name: 'tmp', mountPath: '/tmp'},
          {name: 'words', mountPath: '/words', readOnly: true},
        ],
        args: ['--fast'],
        env: [
          {name: 'URL', valueFrom: {secretKeyRef: {name: 'state', key: 'url', optional: true}}},
          {name: 'KEY', valueFrom: {secretKeyRef: {name: 'state', key: 'key'}}},
        ],
      },
    }),
    {apiVersion: 'sources.knative.dev/v1', kind: 'PingSource', metadata: {name: 'ping', namespace: 'dip'}},
    {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'dip'}},
    {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'dip', namespace: 'dip'}},
  ]);

  const all = notes.join('\n');
  for (const part of [
    /all\.yaml: Broker dip\/default: spec\.delivery\.format json has no effect/,
    /Broker dip\/default: metadata\.annotations\[messaging\.knative\.dev\/async-handler\] has no effect/,
    /Service dip\/routing: of spec\.template these have no effect on one machine: spec\.volumes, spec\.containers\[0\]\.args\./,
    /Service dip\/routing: \S+\.env: left out on one machine: KEY \(state key\), which a cluster insists on\./,
    /Service dip\/routing: .* neither dip\.dev\/command nor dip\.dev\/url, so it can not be started here/,
    /PingSource dip\/ping: a PingSource of sources\.knative\.dev\/v1 has no effect/,
  ]) {
    t.regex(all, part);
  }
  t.is(notes.length, 6, all);
  const rest = forClusters.join('\n');
  t.regex(
    rest,
    /Service dip\/routing: of spec\.template .* machine: spec\.serviceAccountName, spec\.containers\[0\]\.image/,
  );
  t.regex(rest, /Service dip\/routing: \S+\.env: left out on one machine: URL \(state url\)\.$/m);
  t.regex(rest, /^Nothing to do on one machine for Namespace, ServiceAccount\.$/m);
  t.is(forClusters.length, 3, rest);
});

test('a service is read with its limits', async (t) => {
  const {services} = await read(t, [
    service({
      annotations: {
        'autoscaling.knative.dev/max-scale': '3',
        'autoscaling.knative.dev/minScale': '1',
        'autoscaling.knative.dev/scale-to-zero-pod-retention-period': '1m30s',
        'dip.dev/command': 'python "my service.py"',
        'dip.dev/url': 'http://127.0.0.1:9000',
        'dip.dev/says': 'com.dip.pages.counted  com.dip.pages.skipped',
      },
      revision: {containerConcurrency: 4, timeoutSeconds: 60},
      container: {env: [{name: 'A', value: 'b'}], readinessProbe: {httpGet: {path: '/readyz'}}},
    }),
  ]);

  t.like(services[0], {
    command: ['python', 'my service.py'],
    url: 'http://127.0.0.1:9000',
    says: ['com.dip.pages.counted', 'com.dip.pages.skipped'],
    env: {A: 'b'},
    containerConcurrency: 4,
    timeoutMs: 60_000,
    minScale: 1,
    maxScale: 3,
    readinessPath: '/readyz',
    idleMs: 90_000,
  });
});
