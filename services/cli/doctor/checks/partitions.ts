import {at, type JsonObject, textAt} from '#kit/json';
import {classOf, configOf} from '../broker-kind.ts';
import {channelTemplate} from '../channel-template.ts';
import type {Check, Finding} from '../finding.ts';
import {deployedOf, kinds, nameOf, type Snapshot} from '../snapshot.ts';
import {subscriberOf} from '../subscriber.ts';

/** What the manifests ask for: one partition is one event in flight for each Trigger, and a few files on each Kafka broker. */
const usual = 32;

export const partitions: Check = {
  name: 'partitions',
  about: 'The partitions of each Broker against how many events its services could take at once',
  examine(snapshot) {
    return deployedOf(snapshot, kinds.broker).flatMap((broker) => {
      const count = partitionsOf(broker, snapshot);
      return count === undefined ? [] : ofBroker(broker, count, snapshot);
    });
  },
};

function ofBroker(broker: JsonObject, count: number, snapshot: Snapshot): Finding[] {
  const takers = deployedOf(snapshot, kinds.trigger)
    .filter((trigger) => textAt(trigger, 'spec', 'broker') === nameOf(broker))
    .map((trigger) => subscriberOf(trigger, snapshot))
    .filter((service) => service !== undefined)
    .map((service) => ({name: nameOf(service), most: mostOf(service)}))
    .sort((one, other) => other.most - one.most);
  const [greatest] = takers;
  if (greatest === undefined) return [];
  const subject = `Broker ${nameOf(broker)}`;
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

/** Undefined: events are not kept in partitions, or the ConfigMap could not be seen. */
function partitionsOf(broker: JsonObject, snapshot: Snapshot): number | undefined {
  const config = configOf(broker, snapshot);
  if (config === undefined) return undefined;
  if (classOf(broker) === 'Kafka') {
    const text = textAt(config, 'data', 'default.topic.partitions') ?? '';
    return /^\d+$/.test(text) ? Number(text) : undefined;
  }
  const template = channelTemplate(config);
  if (textAt(template, 'kind') !== 'KafkaChannel') return undefined;
  const count = at(template, 'spec', 'numPartitions') ?? 1;
  return typeof count === 'number' ? count : undefined;
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
