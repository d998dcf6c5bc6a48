import {type Cluster, Forbidden} from '#cluster';
import {classOf, type SeenBroker, type SeenTrigger, seenBroker, seenTrigger} from '#manifests';
import {deployedOf, kinds, type Snapshot} from './snapshot.ts';

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

/** The Brokers that the cluster has, each with its ConfigMap as far as that could be seen. */
export function brokersOf(snapshot: Snapshot): SeenBroker[] {
  const configMapAt = (namespace: string, name: string) => {
    const seen = snapshot.brokerConfigs.get(`${namespace}/${name}`);
    return seen !== undefined && 'value' in seen ? seen.value : undefined;
  };
  return deployedOf(snapshot, kinds.broker).map((object) => seenBroker(object, configMapAt));
}

/** The Triggers that the cluster has, with what their Brokers give them. */
export function triggersOf(snapshot: Snapshot): SeenTrigger[] {
  const brokers = brokersOf(snapshot);
  return deployedOf(snapshot, kinds.trigger).map((object) => seenTrigger(object, brokers));
}
