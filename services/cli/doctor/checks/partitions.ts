import {at, type JsonObject, textAt} from '#kit/json';
import type {SeenBroker} from '#manifests';
import {brokersOf, triggersOf} from '../eventing.ts';
import type {Check, Finding} from '../finding.ts';
import {nameOf, type Snapshot} from '../snapshot.ts';
import {subscriberOf} from '../subscriber.ts';

/** What the manifests ask for: one partition is one event in flight for each Trigger, and a few files on each Kafka broker. */
const usual = 32;

export const partitions: Check = {
  name: 'partitions',
  about: 'The partitions of each Broker against how many events its services could take at once',
  examine(snapshot) {
    return brokersOf(snapshot).flatMap((broker) => {
      const {partitions} = broker;
      return partitions === null ? [] : ofBroker(broker, partitions, snapshot);
    });
  },
};

function ofBroker({name, namespace}: SeenBroker, count: number, snapshot: Snapshot): Finding[] {
  const takers = triggersOf(snapshot)
    .filter((trigger) => trigger.broker === name && trigger.namespace === namespace)
    .map((trigger) => subscriberOf(trigger, snapshot))
    .filter((service) => service !== undefined)
    .map((service) => ({name: nameOf(service), most: mostOf(service)}))
    .sort((one, other) => other.most - one.most);
  const [greatest] = takers;
  if (greatest === undefined) return [];
  const subject = `Broker ${name}`;
  const most = greatest.most === Number.POSITIVE_INFINITY ? 'any number' : greatest.most;
  const [parts, events] = count === 1 ? ['partition', 'event'] : ['partitions', 'events'];
  const sentence = `${subject} has ${count} ${parts}, so each Trigger has ${count} ${events} in flight at most; ${greatest.name} could take ${most}.`;
  if (count >= Math.min(usual, greatest.most)) return [{standing: 'ok', subject, sentence}];
  return [
    {
      standing: 'warn',
      subject,
      sentence,
      next: `Raise the partitions to ${usual}: of the topic itself where it exists already (kafka-topics --alter), and in the ConfigMap for a new one.`,
    },
  ];
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
