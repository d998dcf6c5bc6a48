import path from 'node:path';
import {readFiles} from '../../../services/cli/doctor/read-files.ts';
import {
  type ApiKind,
  keyOf,
  kinds,
  nameOf,
  type Seen,
  type Snapshot,
} from '../../../services/cli/doctor/snapshot.ts';
import {isObject, type JsonObject} from '../../../services/kit/json.ts';

const project = path.join(import.meta.dirname, '../../..');

const paths = [path.join(project, 'config/knative'), path.join(project, 'triggers')];

/** The manifests of the project. */
export const {objects: files} = await readFiles(paths, {
  namespace: 'dip',
  brokerClass: 'MTChannelBasedBroker',
});

/** The same for Brokers of class Kafka. */
export const {objects: filesOfKafka} = await readFiles(paths, {namespace: 'dip', brokerClass: 'Kafka'});

/** The same with the Triggers that wake services ahead of their events. */
export const {objects: filesWithWakes} = await readFiles(
  [...paths, path.join(project, 'config/alternatives/wake-ahead.yaml')],
  {namespace: 'dip', brokerClass: 'MTChannelBasedBroker'},
);

/** When the snapshot was read: all became ready ten minutes before. */
export const now = Date.parse('2026-01-15T09:00:00Z');
const since = '2026-01-15T08:50:00Z';

/** A cluster that has what the manifests say, ready and with all that belongs to it; `changes` in place of parts of it. */
export function healthy(changes: Partial<Snapshot> = {}): Snapshot {
  const objects = changes.files ?? files;
  const ingress = objects === filesOfKafka ? 'kafka-broker-ingress' : 'broker-ingress';
  const byKind = Map.groupBy(
    objects.map((object) => deployed(object, ingress)),
    keyOf,
  );
  const configs = (byKind.get(kinds.configMap) ?? []).map(
    (one) => [`dip/${nameOf(one)}`, {value: one}] as const,
  );
  return {
    now,
    context: 'kind-dip',
    server: 'https://127.0.0.1:6443',
    namespace: 'dip',
    version: {value: {gitVersion: 'v1.35.2'}},
    apis: served(objects),
    files: objects,
    filesFault: undefined,
    deployed: new Map([...byKind, ...handedOver].map(([kind, value]) => [kind, {value}])),
    brokerConfigs: new Map(configs),
    secretKeys: new Map([
      ['dip-state', {value: ['database-url', 'blobs-url', 'aws-access-key-id', 'aws-secret-access-key']}],
      ['dip-tokens', {value: ['anna']}],
    ]),
    identity: {value: {private: ['first', 'second'], public: ['first', 'second'], faults: []}},
    workloads: workloads(),
    kafkaChannelConfig: {
      value: {data: {'config-kafka-channel-consumer.properties': 'a=b\nmax.poll.records=500\n'}},
    },
    kafkaBrokerConfig: {value: {data: {'config-kafka-broker-consumer.properties': 'max.poll.records=50\n'}}},
    ...changes,
  };
}

/** A cluster on which one object is otherwise, or, where `change` gives none, not there. */
export function withObject(
  kind: string,
  name: string,
  change: (object: JsonObject) => JsonObject | undefined,
): Snapshot {
  const snapshot = healthy();
  const seen = snapshot.deployed.get(kind);
  const objects = seen !== undefined && 'value' in seen ? seen.value : [];
  if (!objects.some((object) => nameOf(object) === name)) throw new TypeError(`There is no ${kind} ${name}.`);
  const value = objects
    .map((object) => (nameOf(object) === name ? change(object) : object))
    .filter((object) => object !== undefined);
  return {...snapshot, deployed: new Map([...snapshot.deployed, [kind, {value}]])};
}

/** An object with another value at the end of a path. */
export function put(object: JsonObject, [name = '', ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = object[name];
  return {...object, [name]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value)};
}

/** A channel of a Broker, and the Subscriptions that Knative has made for two Triggers. */
const handedOver: readonly [string, readonly JsonObject[]][] = [
  [
    kinds.subscription,
    ['first', 'second'].map((uid) => ({metadata: {name: `default-${uid}`, namespace: 'dip', uid}})),
  ],
  [
    kinds.kafkaChannel,
    [
      {
        apiVersion: 'messaging.knative.dev/v1beta1',
        kind: 'KafkaChannel',
        metadata: {name: 'default-kne-trigger', namespace: 'dip'},
        spec: {subscribers: ['first', 'second'].map((uid) => ({uid, subscriberUri: `http://filter/${uid}`}))},
      },
    ],
  ],
];

/** What Knative's controllers and an image registry add to what a file says. */
function deployed(file: JsonObject, ingress: string): JsonObject {
  const text = JSON.stringify(file)
    .replaceAll('"image":"dip/', '"image":"registry.example/dip/')
    // As a SinkBinding writes it.
    .replaceAll('http://broker-ingress.', `http://${ingress}.`);
  const object: JsonObject = JSON.parse(text);
  const conditions = [{type: 'Ready', status: 'True', lastTransitionTime: since}];
  const url = `http://${ingress}.knative-eventing.svc.cluster.local/dip/${nameOf(file)}`;
  const annotations = ingress === 'broker-ingress' ? {'knative.dev/channelKind': 'KafkaChannel'} : {};
  const status = keyOf(file) === kinds.broker ? {conditions, address: {url}, annotations} : {conditions};
  const isKnative = [kinds.broker, kinds.trigger, kinds.service].some((kind) => kind === keyOf(file));
  return isKnative ? {...object, status} : object;
}

function served(objects: readonly JsonObject[]): Snapshot['apis'] {
  const all = [...objects.map(keyOf), ...Object.values(kinds)];
  const byVersion = Map.groupBy(all, (key) => key.split(' ')[0] ?? '');
  return new Map(
    [...byVersion].map(([version, keys]) => [
      version,
      keys.map((key): ApiKind => ({kind: key.split(' ')[1] ?? '', plural: '', namespaced: true})),
    ]),
  );
}

/** Knative's own programs, each with one pod. */
export function workloads(
  available: (name: string) => number = () => 1,
  version = '1.22.2',
): Snapshot['workloads'] {
  const one = (name: string): JsonObject => ({
    metadata: {name, labels: {'app.kubernetes.io/version': version}},
    spec: {replicas: 1},
    status: {availableReplicas: available(name)},
  });
  const seen = (...names: string[]): Seen<JsonObject[]> => ({value: names.map(one)});
  return new Map([
    [
      'knative-eventing',
      seen(
        'eventing-controller',
        'eventing-webhook',
        'mt-broker-controller',
        'mt-broker-ingress',
        'mt-broker-filter',
        'kafka-controller',
        'kafka-webhook-eventing',
        'kafka-channel-receiver',
        'kafka-channel-dispatcher',
        'kafka-broker-receiver',
        'kafka-broker-dispatcher',
      ),
    ],
    ['knative-serving', seen('activator', 'autoscaler', 'controller', 'webhook')],
  ]);
}
