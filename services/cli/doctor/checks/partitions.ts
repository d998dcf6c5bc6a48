import {at, type JsonObject, textAt} from '#kit/json';
import type {SeenBroker, SeenTrigger} from '#manifests';
import {brokersOf, triggersOf} from '../eventing.ts';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {polledRecords} from '../polled-records.ts';
import {nameOf, type Snapshot} from '../snapshot.ts';
import {subscriberOf} from '../subscriber.ts';

/** What the manifests ask for: one partition is one event in flight for each Trigger, and a few files on each Kafka broker. */
const usual = 32;

export const partitions: Check = {
  name: 'partitions',
  about: 'How many events each Broker hands over at once, against how many its services could take',
  examine(snapshot) {
    return brokersOf(snapshot).flatMap((broker) => {
      const triggers = triggersOf(snapshot).filter(
        ({broker: name, namespace}) => name === broker.name && namespace === broker.namespace,
      );
      // Where order is kept, the events of a partition wait for each other; where not, only polls have an end.
      const ordered = greatestOf(
        triggers.filter(({isOrdered}) => isOrdered),
        snapshot,
      );
      const unordered = greatestOf(
        triggers.filter(({isOrdered}) => !isOrdered),
        snapshot,
      );
      return [
        ...(ordered === undefined ? [] : byPartitions(broker, ordered)),
        ...(unordered === undefined || broker.class !== 'Kafka'
          ? []
          : [byPolls(broker, unordered, snapshot)]),
      ];
    });
  },
};

/** A service, and the requests at once that it is scaled out for. */
interface Taker {
  readonly name: string;
  readonly most: number;
}

function byPartitions({name, partitions: count}: SeenBroker, taker: Taker): Finding[] {
  if (count === null) return [];
  const subject = `Broker ${name}`;
  const [parts, events] = count === 1 ? ['partition', 'event'] : ['partitions', 'events'];
  const sentence = `${subject} has ${count} ${parts}, so each Trigger that keeps order has ${count} ${events} in flight at most; ${takes(taker)}.`;
  if (isEnough(count, taker)) return [{standing: 'ok', subject, sentence}];
  return [
    {
      standing: 'warn',
      subject,
      sentence,
      next: `Raise the partitions to ${usual}: of the topic itself where it exists already (kafka-topics --alter), and in the ConfigMap for a new one.`,
    },
  ];
}

function byPolls({name}: SeenBroker, taker: Taker, {kafkaBrokerConfig: seen}: Snapshot): Finding {
  if ('missingRight' in seen) return skippedFor(seen.missingRight);
  const subject = `Broker ${name}`;
  const count = polledRecords(seen.value ?? {});
  const sentence = `${subject} polls again while fewer than ${count} events (max.poll.records) of a Trigger are in flight in a dispatcher pod, however many partitions there are; ${takes(taker)}.`;
  if (isEnough(count, taker)) return {standing: 'ok', subject, sentence};
  return {
    standing: 'warn',
    subject,
    sentence,
    next: `Set max.poll.records=${usual} or more in config-kafka-broker-consumer.properties (kubectl -n knative-eventing edit configmap config-kafka-broker-data-plane) and restart the dispatcher.`,
  };
}

function takes({name, most}: Taker): string {
  return `${name} could take ${most === Number.POSITIVE_INFINITY ? 'any number' : most}`;
}

function isEnough(count: number, {most}: Taker): boolean {
  return count >= Math.min(usual, most);
}

function greatestOf(triggers: readonly SeenTrigger[], snapshot: Snapshot): Taker | undefined {
  const takers = triggers
    .map((trigger) => subscriberOf(trigger, snapshot))
    .filter((service) => service !== undefined)
    .map((service) => ({name: nameOf(service), most: mostOf(service)}));
  return takers.toSorted((one, other) => other.most - one.most)[0];
}

const domain = 'autoscaling.knative.dev/';

/** Requests at once that a Knative Service is scaled out for: the target of one pod, and as many pods as it may have. */
function mostOf(service: JsonObject): number {
  const annotation = (name: string) =>
    textAt(service, 'spec', 'template', 'metadata', 'annotations', domain + name);
  const limit = at(service, 'spec', 'template', 'spec', 'containerConcurrency');
  const target = Number(annotation('target') ?? (typeof limit === 'number' && limit > 0 ? limit : 100));
  const pods = Number(annotation('max-scale') ?? 0);
  return pods === 0 ? Number.POSITIVE_INFINITY : target * pods;
}
