/** Who only looks at Brokers and Triggers sees what the local broker would do with them. */
import test from 'ava';
import {seenBroker, seenTrigger} from '#manifests';
import {channelTemplate} from '../../services/manifests/channel-template.ts';
import {configMapsIn} from '../../services/manifests/config-maps.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';
import {readObjects} from '../../services/manifests/read-objects.ts';
import {broker, config, kafkaChannel, kafkaClass, kafkaTopic, write} from './written.ts';

const head = 'apiVersion: messaging.knative.dev/v1beta1';
const flow = '{apiVersion: messaging.knative.dev/v1, kind: KafkaChannel, spec: {numPartitions: 12}}';
const inMemory = 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel';
const named = (data: object) => [{...kafkaChannel, data}, broker(config)];
const elsewhere = {config: {...config.config, namespace: 'knative-eventing'}};
const knativesOwn = {config: {...elsewhere.config, name: 'config-br-default-channel'}};

const ways: [string, readonly object[], string | null, number][] = [
  ['block style', named({'channel-template-spec': `${head}\nkind: KafkaChannel\n`}), 'KafkaChannel', 1],
  ['flow style', named({'channel-template-spec': flow}), 'KafkaChannel', 12],
  ['JSON', named({'channel-template-spec': flow.replace(/[\w./]{3,}/g, '"$&"')}), 'KafkaChannel', 12],
  ['the older key', named({channelTemplateSpec: flow}), 'KafkaChannel', 12],
  [
    'the older key beside the newer',
    named({channelTemplateSpec: inMemory, 'channel-template-spec': flow}),
    'KafkaChannel',
    12,
  ],
  [
    'quotes, a comment and the kind last',
    named({'channel-template-spec': `${head}\nspec:\n  numPartitions: 3 # a few\nkind: "KafkaChannel"\n`}),
    'KafkaChannel',
    3,
  ],
  ['a channel in memory', named({'channel-template-spec': inMemory}), 'InMemoryChannel', 1],
  ['no spec.config', [broker()], 'InMemoryChannel', 1],
  ["Knative's own ConfigMap", [broker(knativesOwn)], 'InMemoryChannel', 1],
  [
    'a ConfigMap of another namespace',
    [
      {...kafkaChannel, data: {'channel-template-spec': inMemory}},
      {...kafkaChannel, metadata: {name: 'channel', namespace: 'knative-eventing'}},
      broker(elsewhere),
    ],
    'KafkaChannel',
    3,
  ],
  ['class Kafka', [kafkaTopic, broker(config, kafkaClass)], null, 6],
];
for (const [what, objects, channel, partitions] of ways) {
  test(`a Broker by ${what} is one to the local broker and to who looks at it`, async (t) => {
    const place = await write(t, objects);
    const read = await readObjects([place]);

    const [local] = (await readManifests([place])).brokers;
    const [seen] = read
      .filter(({kind}) => kind === 'Broker')
      .map(({value}) => seenBroker(value, configMapsIn(read)));

    t.deepEqual([local?.channel, local?.partitions], [channel, partitions]);
    t.is(seen?.channel, channel);
    // To who looks, events in memory are in no partitions.
    t.is(seen?.partitions, channel === 'InMemoryChannel' ? null : partitions);
    t.is(seen?.class, local?.class);
  });
}

test('what its controller says of a channel goes before the ConfigMap', (t) => {
  const status = {annotations: {'knative.dev/channelKind': 'InMemoryChannel'}};

  t.is(seenBroker({...broker(config), status}, () => kafkaChannel).channel, 'InMemoryChannel');
});

test('a Broker that only a cluster can know is seen as far as it says', (t) => {
  const nats = {data: {'channel-template-spec': `${head}\nkind: NatsJetStreamChannel`}};
  const ofRabbit = {'eventing.knative.dev/broker.class': 'RabbitMQBroker'};

  t.is(seenBroker({...broker(config)}, () => nats).channel, 'NatsJetStreamChannel');
  t.like(
    seenBroker({...broker(config, ofRabbit)}, () => nats),
    {class: 'RabbitMQBroker', channel: null},
  );
  t.like(
    seenBroker({...broker(config)}, () => undefined),
    {channel: null, partitions: null},
  );
});

test('a ConfigMap whose template is broken asks for no channel', (t) => {
  for (const text of ['kind: [', 'kind: KafkaChannel', '- a', ''])
    t.is(channelTemplate({data: {'channel-template-spec': text}}), undefined, text);
});

const sink = {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'dead-letters'}};
const delivery = {retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT1S', deadLetterSink: sink};
const own = {retry: 9};

test('a Trigger without a delivery has its Broker’s, and keeps its dead letters beside its own', (t) => {
  t.like(seen({}).delivery, delivery);
  t.deepEqual(seen({delivery: own}).delivery, {retry: 9, deadLetterSink: sink});
  t.deepEqual(seen({delivery: own}, kafkaClass).delivery, own);
});

test('a Broker of the same name in another namespace gives a Trigger nothing', (t) => {
  t.deepEqual(seen({}, {}, 'other').delivery, {});
});

test('a subscriber is whom it means, however it is written', (t) => {
  const ref = {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'routing'};
  const routing = {kind: 'service', namespace: 'dip', name: 'routing', path: '/'} as const;

  t.deepEqual(seen({subscriber: {ref}}).subscriber, routing);
  t.deepEqual(seen({subscriber: {uri: 'http://routing.dip.svc.cluster.local'}}).subscriber, routing);
  t.is(seen({subscriber: {ref: {...ref, apiVersion: 'flows.knative.dev/v1'}}}).subscriber, undefined);
  t.is(seen({subscriber: {uri: 'no address'}}).subscriber, undefined);
  t.is(seen({}).subscriber, undefined);
});

function seen(spec: object, annotations: Record<string, string> = {}, namespace = 'dip') {
  const brokers = [seenBroker({...broker({delivery}, annotations)}, () => undefined)];
  return seenTrigger({metadata: {name: 'x', namespace}, spec: {broker: 'default', ...spec}}, brokers);
}
