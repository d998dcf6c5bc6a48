/** The doctor reads Brokers and Triggers as the local broker does, whatever way they are written. */
import test from 'ava';
import {examine} from '../../../services/cli/doctor/checks.ts';
import {kinds, nameOf, type Snapshot} from '../../../services/cli/doctor/snapshot.ts';
import type {JsonObject} from '../../../services/kit/json.ts';
import {filesOfKafka, healthy, put, withObject} from './healthy.ts';

test('events in memory are found by the older key, before a controller tells of them', (t) => {
  const inMemory = '{apiVersion: messaging.knative.dev/v1, kind: InMemoryChannel}';

  t.regex(
    saidBy('channel', withYoungBroker({channelTemplateSpec: inMemory})),
    /^Broker default keeps its events in memory:/,
  );
});

test('partitions are counted in flow style', (t) => {
  const template = '{apiVersion: messaging.knative.dev/v1, kind: KafkaChannel, spec: {numPartitions: 4}}';

  t.regex(
    saidBy('partitions', withYoungBroker({'channel-template-spec': template})),
    /^Broker default has 4 partitions/,
  );
});

test('without order on class Kafka only small polls are too little, whatever the partitions', (t) => {
  const files = filesOfKafka.map((object) =>
    nameOf(object) === 'broker-kafka' ? put(object, ['data', 'default.topic.partitions'], '1') : object,
  );
  const smallPolls = {value: {data: {'config-kafka-broker-consumer.properties': 'max.poll.records=10'}}};

  t.is(saidBy('partitions', healthy({files})), '');
  t.regex(
    saidBy('partitions', healthy({files, kafkaBrokerConfig: smallPolls})),
    /^Broker default polls again while fewer than 10 events \(max\.poll\.records\) .*; archive could take 400\.$/,
  );
});

test('a Trigger of class Kafka that asks for order is bounded by partitions', (t) => {
  const files = filesOfKafka.map((object) => {
    if (nameOf(object) === 'broker-kafka') return put(object, ['data', 'default.topic.partitions'], '1');
    if (nameOf(object) !== 'all-to-archive') return object;
    return put(object, ['metadata', 'annotations'], {'kafka.eventing.knative.dev/delivery.order': 'Ordered'});
  });

  t.regex(
    saidBy('partitions', healthy({files})),
    /^Broker default has 1 partition, so each Trigger that keeps order has 1 event in flight/,
  );
});

test('a Service that a Trigger names by its address is its subscriber', (t) => {
  const {deployed} = withObject(kinds.trigger, 'classified-to-routing', (object) =>
    put(object, ['spec', 'subscriber'], {uri: 'http://routing.dip.svc.cluster.local/'}),
  );
  const slow = withObject(kinds.service, 'routing', (object) =>
    put(object, ['spec', 'template', 'spec', 'timeoutSeconds'], 45),
  );
  const triggers = deployed.get(kinds.trigger) ?? {value: []};

  t.regex(
    saidBy('deadlines', {...slow, deployed: new Map([...slow.deployed, [kinds.trigger, triggers]])}),
    /may take 60 s, but routing is cut off after 45 s\.$/,
  );
});

/** A cluster whose Broker no controller has looked at yet, with this ConfigMap. */
function withYoungBroker(data: JsonObject): Snapshot {
  const {deployed} = withObject(kinds.broker, 'default', (object) =>
    put(object, ['status', 'annotations'], {}),
  );
  return healthy({deployed, brokerConfigs: new Map([['dip/broker-channel', {value: {data}}]])});
}

function saidBy(check: string, snapshot: Snapshot): string {
  return examine(snapshot).find((one) => one.check === check && one.standing !== 'ok')?.sentence ?? '';
}
