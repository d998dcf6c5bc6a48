/** What was read of a cluster and of the manifests, at one time. */
import {type JsonObject, textAt} from '#kit/json';
import type {IdentityKeys} from './identity-secret.ts';

/** What was asked for, or the right that is missing to see it: `list triggers.eventing.knative.dev in namespace dip`. */
export type Seen<Value> = {readonly value: Value} | {readonly missingRight: string};

/** A kind as an API server knows it. */
export interface ApiKind {
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

export interface Snapshot {
  /** Milliseconds since 1970, when it was read. */
  readonly now: number;
  readonly context: string;
  readonly server: string;
  readonly namespace: string;
  /** `/version` of the API server; undefined: it has none. */
  readonly version: Seen<JsonObject | undefined>;
  /** By `apiVersion`; undefined: it is not served. */
  readonly apis: ReadonlyMap<string, readonly ApiKind[] | undefined>;
  /** The objects of the manifests, with the cluster's namespace in the place of their own. */
  readonly files: readonly JsonObject[];
  /** Why the manifests would not do as they stand; undefined: they would. */
  readonly filesFault: string | undefined;
  /** What the cluster has, by kind as `keyOf` writes it; a kind that it does not know is absent. Values of Secrets are left out. */
  readonly deployed: ReadonlyMap<string, Seen<readonly JsonObject[]>>;
  /** The ConfigMaps that Brokers name, by `<namespace>/<name>`; undefined: not there. */
  readonly brokerConfigs: ReadonlyMap<string, Seen<JsonObject | undefined>>;
  /** The names of a Secret's keys, by its name; undefined: it is not there. */
  readonly secretKeys: ReadonlyMap<string, Seen<readonly string[] | undefined>>;
  /** The keys of Secret dip-identity, by their ids; undefined: it is not there. */
  readonly identity: Seen<IdentityKeys | undefined>;
  /** The Deployments and StatefulSets of Knative's own namespaces, by namespace. */
  readonly workloads: ReadonlyMap<string, Seen<readonly JsonObject[]>>;
  /** ConfigMap `config-kafka-channel-data-plane` of `knative-eventing`; undefined: not there. */
  readonly kafkaChannelConfig: Seen<JsonObject | undefined>;
  /** The same of class Kafka, `config-kafka-broker-data-plane`. */
  readonly kafkaBrokerConfig: Seen<JsonObject | undefined>;
}

/** The kinds that checks ask for by name. */
export const kinds = {
  namespace: 'v1 Namespace',
  configMap: 'v1 ConfigMap',
  secret: 'v1 Secret',
  broker: 'eventing.knative.dev/v1 Broker',
  trigger: 'eventing.knative.dev/v1 Trigger',
  subscription: 'messaging.knative.dev/v1 Subscription',
  inMemoryChannel: 'messaging.knative.dev/v1 InMemoryChannel',
  kafkaChannel: 'messaging.knative.dev/v1beta1 KafkaChannel',
  service: 'serving.knative.dev/v1 Service',
  revision: 'serving.knative.dev/v1 Revision',
  pod: 'v1 Pod',
} as const;

/** An object's kind with its version: kinds of two groups may have one name. */
export function keyOf(object: JsonObject): string {
  return `${textAt(object, 'apiVersion') ?? ''} ${textAt(object, 'kind') ?? ''}`;
}

/** An object's name. */
export function nameOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

/** The objects of a kind that the cluster has; none where they could not be seen. */
export function deployedOf({deployed}: Snapshot, kind: string): readonly JsonObject[] {
  const seen = deployed.get(kind);
  return seen !== undefined && 'value' in seen ? seen.value : [];
}

/** The right that is missing to see a kind; undefined: it was seen. */
export function missingRight({deployed}: Snapshot, kind: string): string | undefined {
  const seen = deployed.get(kind);
  return seen !== undefined && 'missingRight' in seen ? seen.missingRight : undefined;
}
