import {type Absence, absenceOutlasted, type SeenBroker, seenDelivery} from '#manifests';
import {brokersOf, triggersOf} from '../eventing.ts';
import type {Check, Finding} from '../finding.ts';
import type {Snapshot} from '../snapshot.ts';
import {onlyWakes} from '../subscriber.ts';

/** What Kafka takes to be repaired by hand, at least. Milliseconds. */
const wantedMs = 30 * 60_000;

export const absence: Check = {
  name: 'absence',
  about: 'How long Kafka may be away before an answer and its dead letter are both given up',
  examine(snapshot) {
    const ofKafka = brokersOf(snapshot).filter(
      (broker) => broker.class === 'Kafka' || broker.channel === 'KafkaChannel',
    );
    return ofKafka.flatMap((broker) => ofBroker(broker, snapshot));
  },
};

function ofBroker(broker: SeenBroker, snapshot: Snapshot): Finding[] {
  const outlasted = triggersOf(snapshot)
    .filter(({broker: name, namespace}) => name === broker.name && namespace === broker.namespace)
    .filter((trigger) => !onlyWakes(trigger))
    .map(({name, delivery}) => ({name, delivery: seenDelivery(delivery, broker)}))
    // Without a dead-letter sink an answer is all there is to lose: that the record of a dead letter is kept.
    .filter(({delivery}) => delivery.deadLetterSink !== null)
    .map(({name, delivery}) => ({name, ...absenceOutlasted(delivery, kindOf(broker))}));
  const [first] = outlasted.toSorted((one, other) => one.whileReceiversWaitMs - other.whileReceiversWaitMs);
  if (first === undefined) return [];
  const subject = `Broker ${broker.name}`;
  const sentence = `Of what ${subject} carries, Trigger ${first.name} is the first to lose an answer and its dead letter: ${inWords(first)}.`;
  if (first.whileReceiversWaitMs >= wantedMs) return [{standing: 'ok', subject, sentence}];
  return [
    {
      standing: 'warn',
      subject,
      sentence,
      next: 'Raise delivery.retry or backoffDelay of the Trigger or its Broker; what is stuck is found by `dip doc list` and goes on by `dip doc resume`.',
    },
  ];
}

function kindOf({class: brokerClass}: SeenBroker) {
  return {
    class: brokerClass === 'Kafka' ? 'Kafka' : 'MTChannelBasedBroker',
    channel: 'KafkaChannel',
  } as const;
}

function inWords({whileReceiversWaitMs, whileRefusedMs}: Absence): string {
  return `when Kafka has been away for ${minutes(whileReceiversWaitMs)}, or its receivers for ${minutes(whileRefusedMs)}`;
}

function minutes(ms: number): string {
  const count = Math.floor(ms / 60_000);
  return count < 120 ? `${count} min` : `${Math.floor(count / 60)} h ${count % 60} min`;
}
