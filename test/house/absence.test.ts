/** Rules about how long Kafka may be away, as the YAML has it and as people are told. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {absenceOutlasted} from '../../services/manifests/absence.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';

const project = path.join(import.meta.dirname, '../..');
const {brokers, triggers} = await readManifests([
  path.join(project, 'config/knative'),
  path.join(project, 'triggers'),
]);
const minuteMs = 60_000;

/** Of each Trigger with dead letters, what it outlasts; `class-kafka.yaml` has the same numbers, as another rule says. */
const outlasted = (brokerClass: 'MTChannelBasedBroker' | 'Kafka') =>
  triggers
    .filter(({delivery}) => delivery.deadLetterSink !== null)
    .map(({name, delivery}) => ({
      name,
      ...absenceOutlasted(delivery, {
        class: brokerClass,
        channel: brokerClass === 'Kafka' ? null : 'KafkaChannel',
      }),
    }));

test('every Trigger outlasts an hour without Kafka, and half of one of class Kafka', (t) => {
  t.true(brokers.length === 2 && outlasted('Kafka').length >= 5);
  for (const {name, whileReceiversWaitMs} of outlasted('MTChannelBasedBroker'))
    t.true(whileReceiversWaitMs >= 60 * minuteMs, name);
  for (const {name, whileReceiversWaitMs} of outlasted('Kafka'))
    t.true(whileReceiversWaitMs >= 30 * minuteMs, name);
});

test('what the docs say of an absence of Kafka is so', (t) => {
  const [state = '', cluster = ''] = ['docs/state.md', 'docs/cluster.md'].map((file) =>
    readFileSync(path.join(project, file), 'utf8').replaceAll('\n', ' '),
  );
  const least = (brokerClass: 'MTChannelBasedBroker' | 'Kafka') => {
    const found = outlasted(brokerClass);
    return [
      Math.floor(Math.min(...found.map(({whileReceiversWaitMs}) => whileReceiversWaitMs)) / minuteMs),
      Math.floor(Math.min(...found.map(({whileRefusedMs}) => whileRefusedMs)) / minuteMs),
    ];
  };

  const [overChannels, channelsRefused] = least('MTChannelBasedBroker');
  const [ofClassKafka, classRefused] = least('Kafka');
  for (const page of [state, cluster])
    t.true(page.includes(`${overChannels} minutes over Kafka channels, ${ofClassKafka} of class Kafka`));
  t.true(state.includes(`${channelsRefused} and ${classRefused} minutes where the receivers are away too`));
});
