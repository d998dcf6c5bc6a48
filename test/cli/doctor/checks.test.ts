import test from 'ava';
import {checks, examine} from '../../../services/cli/doctor/checks.ts';
import type {Standing} from '../../../services/cli/doctor/finding.ts';
import {kinds, type Snapshot} from '../../../services/cli/doctor/snapshot.ts';
import type {JsonObject} from '../../../services/kit/json.ts';
import {healthy, put, withObject, workloads} from './healthy.ts';

test('a cluster that is as the manifests say has nothing to be said against, check by check', (t) => {
  const findings = examine(healthy());

  // It takes anybody's events, unless more than the manifests is done.
  t.deepEqual(
    findings.filter(({standing}) => standing !== 'ok').map(({check, standing}) => [check, standing]),
    [['senders', 'warn']],
  );
  t.deepEqual(
    checks.map(({name}) => name).filter((name) => !findings.some(({check}) => check === name)),
    [],
  );
});

/** What is broken, the check that finds it, how it stands, what is said. */
const broken: [string, Snapshot, string, Standing, RegExp][] = [
  [
    'a Kubernetes that is too old',
    healthy({version: {value: {gitVersion: 'v1.33.9+k3s1'}}}),
    'server',
    'wrong',
    /^Kubernetes is v1\.33\.9\+k3s1; Knative 1\.22 does not start below 1\.34\.$/,
  ],
  [
    'a server without a version',
    healthy({version: {value: undefined}}),
    'server',
    'skipped',
    /does not say its version/,
  ],
  [
    'a cluster without the Kafka channel',
    healthy({apis: new Map([...healthy().apis, ['messaging.knative.dev/v1beta1', undefined]])}),
    'apis',
    'wrong',
    /does not know KafkaChannel of messaging\.knative\.dev\/v1beta1\.$/,
  ],
  [
    'a webhook that is down',
    healthy({workloads: workloads((name) => (name === 'eventing-webhook' ? 0 : 1))}),
    'controllers',
    'wrong',
    /^eventing-webhook does not run: none of its pods is available\.$/,
  ],
  [
    'a Knative that is too old',
    healthy({workloads: workloads(undefined, '1.19.4')}),
    'controllers',
    'warn',
    /^What runs in knative-eventing is of version 1\.19\.4; DIP was tried with Knative 1\.22 and later\.$/,
  ],
  [
    'a Subscription that is gone and that its channel has kept',
    withObject(kinds.subscription, 'default-first', () => undefined),
    'subscribers',
    'wrong',
    /^KafkaChannel default-kne-trigger hands events over to http:\/\/filter\/first for a Subscription that is gone/,
  ],
  [
    'no right to see channels',
    {
      ...healthy(),
      deployed: new Map([...healthy().deployed, [kinds.kafkaChannel, {missingRight: 'list kafkachannels'}]]),
    },
    'subscribers',
    'skipped',
    /^You may not list kafkachannels/,
  ],
  [
    'a namespace that takes any pod',
    withObject(kinds.namespace, 'dip', (object) => put(object, ['metadata', 'labels'], {})),
    'namespace',
    'warn',
    /^Namespace dip takes pods of level privileged:/,
  ],
  [
    'a trigger that is not ready',
    withObject(kinds.trigger, 'all-to-archive', (object) =>
      put(object, ['status', 'conditions'], notReady()),
    ),
    'ready',
    'wrong',
    /^Trigger all-to-archive is not ready for 10m: BrokerReady, BrokerDoesNotExist, Broker "x" does not exist\.$/,
  ],
  [
    'a trigger without its Broker, whatever it says of itself',
    withObject(kinds.trigger, 'all-to-archive', (object) => put(object, ['spec', 'broker'], 'nowhere')),
    'ready',
    'wrong',
    /^Trigger all-to-archive hears nothing: there is no Broker nowhere in namespace dip\.$/,
  ],
  [
    'a service that nobody has looked at for long',
    withObject(kinds.service, 'archive', (object) =>
      put(put(object, ['status'], undefined), ['metadata', 'creationTimestamp'], '2026-01-15T08:00:00Z'),
    ),
    'ready',
    'wrong',
    /^Knative Service archive is not ready for 60m: no controller has looked at it yet\.$/,
  ],
  [
    'a service that is being made',
    withObject(kinds.service, 'archive', (object) => put(object, ['status'], undefined)),
    'ready',
    'warn',
    /^Knative Service archive is not ready: no controller has looked at it yet\.$/,
  ],
  [
    'a trigger that is missing',
    withObject(kinds.trigger, 'all-to-archive', () => undefined),
    'drift',
    'wrong',
    /^Trigger all-to-archive is in the manifests and not on the cluster\.$/,
  ],
  [
    'a trigger that hears something else',
    withObject(kinds.trigger, 'received-to-ingestion', (object) =>
      put(object, ['spec', 'filters'], [{exact: {type: 'com.dip.x'}}]),
    ),
    'drift',
    'wrong',
    /spec\.filters\[0\]\.exact\.type is "com\.dip\.x", not "com\.dip\.document\.received"\.$/,
  ],
  [
    'a service with another scale',
    withObject(kinds.service, 'routing', (object) =>
      put(object, ['spec', 'template', 'metadata', 'annotations', 'autoscaling.knative.dev/max-scale'], '9'),
    ),
    'drift',
    'warn',
    /annotations\[autoscaling\.knative\.dev\/max-scale\] is "9", not "4"\.$/,
  ],
  [
    'manifests that are broken',
    healthy({filesFault: 'triggers/x.yaml: Trigger dip/x: spec.broker is missing'}),
    'drift',
    'wrong',
    /spec\.broker is missing\.$/,
  ],
  [
    'a state that is nowhere',
    healthy({secretKeys: new Map([...healthy().secretKeys, ['dip-state', {value: undefined}]])}),
    'secrets',
    'wrong',
    /^Secret dip-state is not there \(database-url, .*\): .*archive.* will not start\.$/,
  ],
  [
    'a state without keys to its object store',
    healthy({
      secretKeys: new Map([...healthy().secretKeys, ['dip-state', {value: ['database-url', 'blobs-url']}]]),
    }),
    'secrets',
    'warn',
    /^Secret dip-state has no aws-access-key-id, aws-secret-access-key: .* by their service accounts\.$/,
  ],
  [
    'tokens for nobody',
    healthy({secretKeys: new Map([...healthy().secretKeys, ['dip-tokens', {value: []}]])}),
    'secrets',
    'wrong',
    /^Secret dip-tokens holds no token: nobody gets in by console\.$/,
  ],
  [
    'an image of nowhere',
    withObject(kinds.service, 'routing', (object) =>
      put(object, ['spec', 'template', 'spec', 'containers'], [{name: 'app', image: 'dip/routing'}]),
    ),
    'images',
    'wrong',
    /^The images of routing name no registry/,
  ],
  [
    'Brokers of two classes',
    withObject(kinds.broker, 'dead-letters', (object) =>
      put(object, ['metadata', 'annotations'], {'eventing.knative.dev/broker.class': 'Kafka'}),
    ),
    'broker-class',
    'warn',
    /default is MTChannelBasedBroker, dead-letters is Kafka/,
  ],
  [
    'a service that publishes to no Broker',
    withObject(kinds.broker, 'default', (object) =>
      put(object, ['status', 'address', 'url'], 'http://kafka-broker-ingress/dip/default'),
    ),
    'broker-class',
    'wrong',
    /publishes to http:\/\/broker-ingress.*\/dip\/default, which is the address of no Broker here\.$/,
  ],
  [
    'a service that a SinkBinding left without a way to publish',
    withObject(kinds.service, 'ingestion', (object) =>
      put(
        object,
        ['spec', 'template', 'spec', 'containers'],
        [{name: 'app', image: 'r.example/ingestion', env: [{name: 'DATABASE_URL', value: 'x'}]}],
      ),
    ),
    'broker-class',
    'wrong',
    /^Knative Service ingestion has no K_SINK, so it can publish nothing:/,
  ],
  [
    'an attempt that is shorter than a cold start',
    withObject(kinds.broker, 'default', (object) => put(object, ['spec', 'delivery', 'timeout'], 'PT15S')),
    'deadlines',
    'wrong',
    /^An attempt of Trigger \S+ may take 15 s, a cold start of \S+ 20 s:/,
  ],
  [
    'an attempt that is shorter than two cold starts',
    withObject(kinds.broker, 'default', (object) => put(object, ['spec', 'delivery', 'timeout'], 'PT30S')),
    'deadlines',
    'warn',
    /may take 30 s, two cold starts of \S+ 40 s:/,
  ],
  [
    'a service that is cut off before the attempt ends',
    withObject(kinds.service, 'routing', (object) =>
      put(object, ['spec', 'template', 'spec', 'timeoutSeconds'], 45),
    ),
    'deadlines',
    'warn',
    /may take 60 s, but routing is cut off after 45 s\.$/,
  ],
  [
    'a Broker that gives up before Kafka is repaired',
    withObject(kinds.broker, 'default', (object) => put(object, ['spec', 'delivery', 'retry'], 5)),
    'absence',
    'warn',
    /^Of what Broker default carries, Trigger \S+ is the first to lose an answer and its dead letter: when Kafka has been away for 12 min, or its receivers for 0 min\.$/,
  ],
  [
    'too few partitions',
    withPartitions(4),
    'partitions',
    'warn',
    /^Broker default has 4 partitions, so each Trigger that keeps order has 4 events in flight at most; archive could take 400\.$/,
  ],
  [
    'small polls',
    healthy({kafkaChannelConfig: {value: {data: {'x.properties': '# y\nmax.poll.records=50'}}}}),
    'channel',
    'warn',
    /takes 50 events in one poll .*: about 248 events\/s for each Trigger .* and 200 ms for each hop\.$/,
  ],
  [
    'no channel of Kafka’s',
    healthy({kafkaChannelConfig: {value: undefined}}),
    'channel',
    'wrong',
    /^There is no ConfigMap config-kafka-channel-data-plane/,
  ],
  [
    'events in memory',
    withObject(kinds.broker, 'default', (object) =>
      put(object, ['status', 'annotations'], {'knative.dev/channelKind': 'InMemoryChannel'}),
    ),
    'channel',
    'wrong',
    /^Broker default keeps its events in memory:/,
  ],
];

for (const [what, snapshot, check, standing, sentence] of broken) {
  test(`${what} would be found`, (t) => {
    const found = examine(snapshot).find((one) => one.check === check && one.standing !== 'ok');

    t.is(found?.standing, standing);
    t.regex(found?.sentence ?? '', sentence);
    t.truthy(standing === 'skipped' || found?.next);
  });
}

function notReady(): JsonObject[] {
  const said = {
    status: 'False',
    reason: 'BrokerDoesNotExist',
    message: 'Broker "x" does not exist',
    lastTransitionTime: '2026-01-15T08:50:00Z',
  };
  return [
    {type: 'BrokerReady', ...said},
    {type: 'Ready', ...said},
  ];
}

function withPartitions(count: number): Snapshot {
  const template = `apiVersion: messaging.knative.dev/v1beta1\nkind: KafkaChannel\nspec:\n  numPartitions: ${count}\n`;
  return healthy({
    brokerConfigs: new Map([['dip/broker-channel', {value: {data: {'channel-template-spec': template}}}]]),
  });
}
