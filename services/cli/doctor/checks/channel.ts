import type {SeenBroker} from '#manifests';
import {brokersOf} from '../eventing.ts';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {polledRecords} from '../polled-records.ts';
import type {Snapshot} from '../snapshot.ts';

const name = 'ConfigMap config-kafka-channel-data-plane';

/** What Knative ships, and what is enough for what the filter carries. Records a poll. */
const shipped = 50;
const enough = 500;

/** Measured with Knative's own dispatcher on one machine: a poll every 200 ms. */
const eventsASecond = 248;

export const channel: Check = {
  name: 'channel',
  about:
    'What Brokers keep events in: whether it outlives a restart, and how many events it takes in one poll',
  examine(snapshot) {
    const brokers = brokersOf(snapshot);
    const usesKafka = brokers.some(({channel}) => channel === 'KafkaChannel');
    return [...inMemory(brokers), ...(usesKafka ? [polls(snapshot)] : [])];
  },
};

function inMemory(brokers: readonly SeenBroker[]): Finding[] {
  const inMemory = brokers.filter(({channel}) => channel === 'InMemoryChannel');
  return inMemory.map((broker) => ({
    standing: 'wrong',
    subject: `Broker ${broker.name}`,
    sentence: `Broker ${broker.name} keeps its events in memory: a restart of the dispatcher loses what was accepted.`,
    next: 'Name a ConfigMap with a KafkaChannel in its spec.config; that can not be changed, so delete the Broker first.',
  }));
}

function polls({kafkaChannelConfig: seen}: Snapshot): Finding {
  if ('missingRight' in seen) return skippedFor(seen.missingRight);
  const subject = name;
  if (seen.value === undefined) {
    const next = 'Install the Kafka channel of eventing-kafka-broker 1.23 (eventing-kafka-channel.yaml).';
    return {standing: 'wrong', subject, sentence: `There is no ${name} in knative-eventing.`, next};
  }
  const records = polledRecords(seen.value);
  if (records >= enough) {
    return {standing: 'ok', subject, sentence: `The Kafka channel takes ${records} events in one poll.`};
  }
  const rate = Math.round((eventsASecond * records) / shipped);
  return {
    standing: 'warn',
    subject,
    sentence: `The Kafka channel takes ${records} events in one poll (max.poll.records), five polls a second: about ${rate} events/s for each Trigger and dispatcher pod, however many partitions there are, and 200 ms for each hop.`,
    next: `Set max.poll.records=${enough} in config-kafka-channel-consumer.properties of that ConfigMap (kubectl -n knative-eventing edit configmap config-kafka-channel-data-plane) and restart the dispatcher; only class Kafka lowers the 200 ms.`,
  };
}
