import {at, isObject, type JsonObject, textAt} from '#kit/json';
import {classIn} from './broker-class.ts';
import {type ChannelTemplate, channelTemplate} from './channel-template.ts';
import type {ConfigMapAt} from './config-maps.ts';
import {deliveryIn} from './inherited.ts';

/** A Broker as its object says it, of a file or of whatever cluster: nothing of it is refused. */
export interface SeenBroker {
  readonly object: JsonObject;
  readonly namespace: string;
  readonly name: string;
  /** Such as `MTChannelBasedBroker` or `Kafka`; clusters may know others. */
  readonly class: string;
  /** The ConfigMap of its channel or topic; null: Knative's own. */
  readonly config: {readonly namespace: string; readonly name: string} | null;
  /** The kind of what an MTChannelBasedBroker keeps its events in; null for other classes, or where nobody says. */
  readonly channel: string | null;
  /** Null where events are kept in none, or nobody says. */
  readonly partitions: number | null;
  /** What its Triggers get that say nothing themselves, as it is written; empty where that is left to Knative. */
  readonly delivery: JsonObject;
}

/** What an object says of a Broker, its ConfigMap included; what its controller says of the channel goes first. */
export function seenBroker(object: JsonObject, configMapAt: ConfigMapAt): SeenBroker {
  const namespace = textAt(object, 'metadata', 'namespace') ?? 'default';
  const name = textAt(object, 'metadata', 'name') ?? '';
  const brokerClass = classOf(object);
  const config = configOf(object, namespace);
  const configMap = config === null ? undefined : configMapAt(config.namespace, config.name);
  const delivery = deliveryIn(object) ?? {};
  const seen = {object, namespace, name, class: brokerClass, config, delivery};
  if (brokerClass === 'Kafka') return {...seen, channel: null, partitions: topicPartitions(configMap)};
  if (brokerClass !== 'MTChannelBasedBroker') return {...seen, channel: null, partitions: null};
  const template = config === null ? knativesOwn : channelTemplate(configMap);
  const channel = controllersWord(object) ?? template?.kind ?? null;
  return {...seen, channel, partitions: channelPartitions(template)};
}

/** The class that an object says a Broker is of. */
export function classOf(object: JsonObject): string {
  const annotations = at(object, 'metadata', 'annotations');
  return classIn(isObject(annotations) ? annotations : {});
}

/** What a Broker gets that names no ConfigMap: that of `config-br-default-channel`, as Knative ships it. */
const knativesOwn: ChannelTemplate = {
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'InMemoryChannel',
  spec: {},
};

function configOf(object: JsonObject, namespace: string): SeenBroker['config'] {
  const name = textAt(object, 'spec', 'config', 'name');
  if (name === undefined) return null;
  return {namespace: textAt(object, 'spec', 'config', 'namespace') ?? namespace, name};
}

function controllersWord(object: JsonObject): string | undefined {
  return textAt(object, 'status', 'annotations', 'knative.dev/channelKind');
}

function channelPartitions(template: ChannelTemplate | undefined): number | null {
  if (template?.kind !== 'KafkaChannel') return null;
  const {numPartitions = 1} = template.spec;
  return typeof numPartitions === 'number' ? numPartitions : null;
}

function topicPartitions(configMap: JsonObject | undefined): number | null {
  const text = textAt(configMap, 'data', 'default.topic.partitions') ?? '';
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}
