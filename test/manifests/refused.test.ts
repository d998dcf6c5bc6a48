import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {readManifests} from '../../services/manifests/read-manifests.ts';
import {
  broker,
  config,
  folder,
  kafkaChannel,
  kafkaClass,
  kafkaTopic,
  read,
  service,
  subscriber,
  trigger,
} from './written.ts';

const scale = (name: string, value: unknown) =>
  service({annotations: {[`autoscaling.knative.dev/${name}`]: value}});
const env = (...variables: object[]) => service({container: {env: variables}});
const delivered = (delivery: object) => trigger({delivery});
const channel = (template: string) => [
  broker(config),
  {...kafkaChannel, data: {'channel-template-spec': template}},
];

/** Objects, and a part of the sentence that refuses them. */
const refused: Record<string, [object[], string]> = {
  'an unknown field of a spec': [
    [trigger({filtres: []})],
    'spec.filtres is [], but a Trigger has no such field there',
  ],
  'an unknown field deep inside': [
    [delivered({deadLetterSink: {ref: {nmae: 'x'}}})],
    'deadLetterSink.ref.nmae is "x"',
  ],
  'an unknown field of a container': [
    [service({container: {lifecycle: {}}})],
    'containers[0].lifecycle is {}',
  ],
  'a pod field behind a feature': [
    [service({revision: {nodeSelector: {}}})],
    'template.spec.nodeSelector is {}',
  ],
  'an annotation that is no text': [[scale('min-scale', 0)], 'is 0: it must be text: put it in quotes.'],
  'a trigger without subscriber': [[trigger({subscriber: undefined})], 'spec.subscriber is missing: add it.'],
  'an empty subscriber': [[trigger({subscriber: {}})], 'spec.subscriber is empty: give a ref or a uri.'],
  'a relative uri alone': [
    [trigger({subscriber: {uri: '/events'}})],
    'spec.subscriber.uri is "/events": without a ref',
  ],
  'an absolute uri beside a ref': [
    [trigger({subscriber: {...subscriber, uri: 'http://x/'}})],
    'spec.subscriber.uri is "http://x/": beside a ref it must be a path',
  ],
  'a ref without name': [
    [trigger({subscriber: {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service'}}})],
    'spec.subscriber.ref.name is missing',
  ],
  'a subscriber that one machine does not have': [
    [trigger({subscriber: {ref: {apiVersion: 'flows.knative.dev/v1', kind: 'Sequence', name: 's'}}})],
    'spec.subscriber.ref is a Sequence of flows.knative.dev/v1, which does not exist on one machine',
  ],
  'a trigger without broker': [[trigger({broker: undefined})], 'spec.broker is missing'],
  'a brokerRef': [[trigger({brokerRef: {name: 'x'}})], 'spec.brokerRef needs the feature'],
  'a filter attribute in capitals': [
    [trigger({filters: [{exact: {Type: 'x'}}]})],
    'spec.filters[0].exact.Type is "x"',
  ],
  'a filter that ends broker-filter': [
    [trigger({filters: [{not: {all: []}}]})],
    "which ends Knative's broker-filter.",
  ],
  'an empty filter value': [[trigger({filters: [{prefix: {type: ''}}]})], 'it asks nothing'],
  'CESQL, for now': [
    [trigger({filters: [{cesql: 'true'}]})],
    'spec.filters[0].cesql is "true": CESQL is not supported yet',
  ],
  'a negative retry': [[delivered({retry: -1})], 'spec.delivery.retry is -1: it must be 0 or more.'],
  'a retry that is no whole number': [
    [delivered({retry: 1.5})],
    'spec.delivery.retry is 1.5: it must be a whole number',
  ],
  'a retry in quotes': [[delivered({retry: '5'})], 'spec.delivery.retry is "5": it must be a whole number'],
  'an unknown policy': [
    [delivered({backoffPolicy: 'Linear'})],
    'is "Linear": it must be linear or exponential.',
  ],
  'a wait that is no duration': [
    [delivered({backoffDelay: '1s'})],
    'spec.delivery.backoffDelay is "1s": it must be an ISO',
  ],
  'a timeout of nothing': [[delivered({timeout: 'PT0S'})], 'spec.delivery.timeout is "PT0S"'],
  retryAfterMax: [[delivered({retryAfterMax: 'PT1S'})], 'spec.delivery.retryAfterMax needs the feature'],
  'an unknown format': [
    [delivered({format: 'xml'})],
    'spec.delivery.format is "xml": it must be json or binary.',
  ],
  'an unknown class': [
    [broker({}, {'eventing.knative.dev/broker.class': 'kafka'})],
    'annotations[eventing.knative.dev/broker.class] is "kafka": it must be MTChannelBasedBroker or Kafka.',
  ],
  'a Broker whose ConfigMap is nowhere': [
    [broker(config)],
    'spec.config names the ConfigMap dip/channel, which is in none',
  ],
  'a Broker of class Kafka without config': [[broker({}, kafkaClass)], 'spec.config is missing'],
  'a topic without partitions': [
    [
      broker(config, kafkaClass),
      {...kafkaTopic, data: {...kafkaTopic.data, 'default.topic.partitions': '0'}},
    ],
    'data[default.topic.partitions] is "0": it must be a whole number above 0',
  ],
  'a channel of an unknown kind': [
    channel('apiVersion: messaging.knative.dev/v1\nkind: NatsChannel'),
    'data.channel-template-spec.kind is "NatsChannel": it must be KafkaChannel or InMemoryChannel.',
  ],
  'a misspelt channel': [
    channel('apiVersion: messaging.knative.dev/v1beta1\nkind: KafkaChannel\nspec: {partitions: 3}'),
    'data.channel-template-spec.spec.partitions is 3',
  ],
  'an order that is none, of class Kafka': [
    [
      broker(config, kafkaClass),
      kafkaTopic,
      trigger({}, {'kafka.eventing.knative.dev/delivery.order': 'fifo'}),
    ],
    'is "fifo": it must be ordered or unordered.',
  ],
  'the same object twice': [[trigger(), trigger()], 'all.yaml too: name one of them otherwise.'],
  'a name in capitals': [[{...trigger(), metadata: {name: 'To-Routing'}}], 'metadata.name is "To-Routing"'],
  'a service with a name that is no label': [
    [{...service(), metadata: {name: '1st'}}],
    'metadata.name is "1st": it must be at most 63',
  ],
  'a version that does not exist': [
    [{...trigger(), apiVersion: 'eventing.knative.dev/v1beta1'}],
    'apiVersion is "eventing.knative.dev/v1beta1": it must be eventing.knative.dev/v1.',
  ],
  'an object without kind': [[{apiVersion: 'v1', metadata: {name: 'x'}}], 'an object has no kind'],
  'a scale that is no number': [[scale('max-scale', 'many')], 'autoscaling.knative.dev/max-scale] is "many"'],
  'a retention beyond an hour': [
    [scale('scale-to-zero-pod-retention-period', '2h')],
    'scale-to-zero-pod-retention-period] is "2h": it must be from 0s to 1h',
  ],
  'a concurrency below 0': [[service({revision: {containerConcurrency: -1}})], 'containerConcurrency is -1'],
  'a timeout beyond 10 minutes': [[service({revision: {timeoutSeconds: 601}})], 'timeoutSeconds is 601'],
  'a mounted token': [
    [service({revision: {automountServiceAccountToken: true}})],
    'template.spec.automountServiceAccountToken is true',
  ],
  'a variable that Knative sets': [[env({name: 'PORT', value: '1'})], 'sets PORT, which Knative sets'],
  'a variable that is a number': [
    [env({name: 'A', value: 1})],
    'env[0].value is 1: it must be text: put it in quotes.',
  ],
  'a retry beyond 32 bits': [[delivered({retry: 3_000_000_000})], 'spec.delivery.retry is 3000000000'],
  'an injection that is no switch': [
    [trigger({}, {'eventing.knative.dev/injection': 'yes'})],
    'annotations[eventing.knative.dev/injection] is "yes": it must be enabled or disabled.',
  ],
  'a dependency that is no reference': [
    [trigger({}, {'knative.dev/dependency': '{"kind":"a","name":"b"}'})],
    'it must be JSON with apiVersion, kind and name',
  ],
  'an empty scale': [[scale('min-scale', '')], 'min-scale] is "": it must be a whole number'],
  'a scale upside down': [
    [
      service({
        annotations: {'autoscaling.knative.dev/min-scale': '2', 'autoscaling.knative.dev/max-scale': '1'},
      }),
    ],
    'max-scale] is 1: it must not be below min-scale, 2.',
  ],
  'a target of nothing': [[scale('target', '0')], 'target] is "0": it must be a number of at least 0.01.'],
  'a window of a moment': [
    [scale('window', '5s')],
    'window] is "5s": it must be whole seconds from 6s to 1h',
  ],
  'a metric that does not exist': [
    [scale('metric', 'mood')],
    'metric] is "mood": it must be concurrency or rps.',
  ],
  'an older spelling with a wrong value': [
    [scale('targetBurstCapacity', '-2')],
    'targetBurstCapacity] is "-2"',
  ],
  'a quantity that is none': [
    [service({container: {resources: {limits: {cpu: 'much'}}}})],
    'limits.cpu is "much"',
  ],
  'two containers without a port': [
    [service({revision: {containers: [{image: 'dip/a'}, {image: 'dip/b'}]}})],
    'are several',
  ],
  "a port of Knative's own": [
    [service({container: {ports: [{containerPort: 8012}]}})],
    'ports[0].containerPort is 8012',
  ],
  'a port with an unknown protocol': [
    [service({container: {ports: [{containerPort: 80, name: 'http'}]}})],
    'ports[0].name is "http": it must be ',
  ],
  'a probe that asks nothing': [
    [service({container: {livenessProbe: {}}})],
    'livenessProbe asks 0 questions',
  ],
  'a probe that asks twice': [
    [service({container: {readinessProbe: {httpGet: {path: '/'}, tcpSocket: {}}}})],
    'readinessProbe asks 2 questions',
  ],
  'a startup probe into which Knative writes no port': [
    [service({container: {startupProbe: {httpGet: {path: '/healthz'}}}})],
    'startupProbe names no port, and Knative writes one into liveness and readiness probes alone',
  ],
  'a volume that nothing mounts': [
    [service({revision: {volumes: [{name: 'a'}]}})],
    'volumes hold a, which nothing mounts',
  ],
  'a mount of no volume': [
    [service({container: {volumeMounts: [{name: 'a'}]}})],
    'mount a, which is no volume',
  ],
  'a privileged container': [
    [service({container: {securityContext: {privileged: true}}})],
    'privileged is true',
  ],
  'a command with an open quote': [
    [service({annotations: {'dip.dev/command': 'a "b'}})],
    'annotations[dip.dev/command] is "a \\"b": it must be a command line with all quotes closed.',
  ],
  'what it says by no types': [
    [service({annotations: {'dip.dev/says': 'Pages were counted.'}})],
    'annotations[dip.dev/says] is "Pages were counted.": it must be types of events with spaces between them',
  ],
};

for (const [title, [objects, sentence]] of Object.entries(refused)) {
  test(`${title} is refused by one sentence that names file, object and field`, async (t) => {
    const {message} = await t.throwsAsync(read(t, objects));

    t.true(message.includes(sentence), message);
    t.regex(message, /\.yaml/);
    t.notRegex(message, /\n/);
  });
}

test('a broken file is one sentence with line and column', async (t) => {
  const place = await folder(t);
  await writeFile(path.join(place, 'a.yaml'), 'kind: Trigger\nmetadata:\n  name: "open\n');

  const {message} = await t.throwsAsync(readManifests([place]));

  t.regex(message, /a\.yaml:\d+:\d+: the YAML is broken: [^\n]+\.$/);
});

test('a key that stands twice in a mapping is refused', async (t) => {
  const place = await folder(t);
  await writeFile(path.join(place, 'a.yaml'), 'kind: Trigger\nkind: Broker\n');

  await t.throwsAsync(readManifests([place]), {
    message: /a\.yaml:2:1: the YAML is broken: Map keys must be unique/,
  });
});

test('YAML is read as Kubernetes reads it: yes is no text', async (t) => {
  const place = await folder(t);
  const head = 'apiVersion: eventing.knative.dev/v1\nkind: Trigger\nmetadata: {name: a}\n';
  await writeFile(path.join(place, 'a.yaml'), `${head}spec: {broker: yes, subscriber: {uri: 'http://x/'}}`);

  await t.throwsAsync(readManifests([place]), {message: /spec\.broker is true: it must be text/});
});

test('a path that leads nowhere is refused by its name', async (t) => {
  await t.throwsAsync(readManifests(['no/such/place']), {message: /^no\/such\/place can not be read/});
});

test('a field that is null is as good as absent', async (t) => {
  const {triggers} = await read(t, [trigger({filters: null, delivery: null, brokerRef: null})]);

  t.is(triggers.length, 1);
});
