import {type Cluster, Forbidden} from '#cluster';
import {type JsonObject, textAt} from '#kit/json';
import {classAnnotation} from '../eventing/delivery.ts';
import {channelTemplate} from './channel-template.ts';
import {deployedOf, kinds, type Snapshot} from './snapshot.ts';

/** The class of a Broker: which engine it is. */
export function classOf(broker: JsonObject): string {
  return textAt(broker, 'metadata', 'annotations', classAnnotation) ?? 'MTChannelBasedBroker';
}

/** The class that a cluster's Brokers are of: Kafka where all are, else the default. */
export async function brokerClassOf(cluster: Cluster): Promise<'MTChannelBasedBroker' | 'Kafka'> {
  const place = {apiVersion: 'eventing.knative.dev/v1', plural: 'brokers', namespace: cluster.namespace};
  const brokers = await cluster.list(place).catch((error: unknown) => {
    // The checks say which right is missing.
    if (error instanceof Forbidden) return [];
    throw error;
  });
  const isKafka =
    brokers !== undefined && brokers.length > 0 && brokers.every((one) => classOf(one) === 'Kafka');
  return isKafka ? 'Kafka' : 'MTChannelBasedBroker';
}

/** What a Broker keeps its events in, as it says itself or as its ConfigMap asks for; undefined for class Kafka. */
export function channelKindOf(broker: JsonObject, snapshot: Snapshot): string | undefined {
  if (classOf(broker) === 'Kafka') return undefined;
  const said = textAt(broker, 'status', 'annotations', 'knative.dev/channelKind');
  return said ?? textAt(channelTemplate(configOf(broker, snapshot)), 'kind');
}

/** Whether some Broker keeps its events in a KafkaChannel. */
export function usesKafkaChannel(snapshot: Snapshot): boolean {
  return deployedOf(snapshot, kinds.broker).some(
    (broker) => channelKindOf(broker, snapshot) === 'KafkaChannel',
  );
}

/** The ConfigMap that a Broker names; undefined where it could not be seen or is not there. */
export function configOf(broker: JsonObject, {brokerConfigs, namespace}: Snapshot): JsonObject | undefined {
  const name = textAt(broker, 'spec', 'config', 'name') ?? '';
  const seen = brokerConfigs.get(`${textAt(broker, 'spec', 'config', 'namespace') ?? namespace}/${name}`);
  return seen !== undefined && 'value' in seen ? seen.value : undefined;
}
