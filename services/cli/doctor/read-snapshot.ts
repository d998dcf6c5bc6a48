import {type Cluster, Forbidden} from '#cluster';
import {at, isObject, type JsonObject, listAt, textAt} from '#kit/json';
import {identityKeys, identitySecret} from './identity-secret.ts';
import {secretNames} from './secret-references.ts';
import {type ApiKind, keyOf, kinds, nameOf, type Seen, type Snapshot} from './snapshot.ts';

/** What the manifests say, and why they would not do. */
export interface Files {
  readonly objects: readonly JsonObject[];
  readonly fault: string | undefined;
}

/** Says what is being read, for people who wait. */
type Tell = (what: string) => void;

/**
 * Reads all that the checks look at; it changes nothing. What one may not see is kept as the right that is missing.
 *
 * @throws Failure a cluster that can't be asked at all
 */
export async function readSnapshot(cluster: Cluster, files: Files, tell: Tell): Promise<Snapshot> {
  const {context, server, namespace} = cluster;
  tell(`Asking ${server}`);
  const version = await see(cluster.read('/version'));
  const apis = await readApis(cluster, files.objects);
  tell(`Reading namespace ${namespace}`);
  const deployed = await readDeployed(cluster, apis, files.objects);
  const seen = {now: Date.now(), context, server, namespace, version, apis, deployed};
  const objects = {files: files.objects, filesFault: files.fault};
  tell('Reading what Knative runs on');
  const [brokerConfigs, secretKeys, identity, workloads, kafkaChannelConfig, kafkaBrokerConfig] =
    await Promise.all([
      readBrokerConfigs(cluster, deployed),
      readSecretKeys(cluster, deployed),
      see(
        cluster
          .get({apiVersion: 'v1', plural: 'secrets', namespace, name: identitySecret})
          .then(identityKeys),
      ),
      readWorkloads(cluster),
      see(cluster.get({...ofKnative, name: 'config-kafka-channel-data-plane'})),
      see(cluster.get({...ofKnative, name: 'config-kafka-broker-data-plane'})),
    ]);
  return {
    ...seen,
    ...objects,
    brokerConfigs,
    secretKeys,
    identity,
    workloads,
    kafkaChannelConfig,
    kafkaBrokerConfig,
  };
}

const ofKnative = {apiVersion: 'v1', plural: 'configmaps', namespace: 'knative-eventing'} as const;

async function see<Value>(promise: Promise<Value>): Promise<Seen<Value>> {
  try {
    return {value: await promise};
  } catch (error) {
    if (error instanceof Forbidden) return {missingRight: error.right};
    throw error;
  }
}

/** What is asked for whatever the files say. */
const always = Object.values(kinds);

async function readApis(cluster: Cluster, files: readonly JsonObject[]): Promise<Snapshot['apis']> {
  const versions = new Set([...always, ...files.map(keyOf)].map((key) => key.split(' ')[0] ?? ''));
  const read = async (version: string) => {
    const path = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
    const found = await cluster.read(path);
    return [version, found && kindsIn(found)] as const;
  };
  return new Map(await Promise.all([...versions].map(read)));
}

function kindsIn(answer: JsonObject): ApiKind[] {
  return listAt(answer, 'resources').flatMap((resource) => {
    const plural = textAt(resource, 'name') ?? '';
    const kind = textAt(resource, 'kind') ?? '';
    // `triggers/status` and its like are parts of objects.
    if (plural.includes('/')) return [];
    return [{kind, plural, namespaced: at(resource, 'namespaced') === true}];
  });
}

async function readDeployed(
  cluster: Cluster,
  apis: Snapshot['apis'],
  files: readonly JsonObject[],
): Promise<Snapshot['deployed']> {
  const keys = new Set([...always, ...files.map(keyOf)]);
  const read = async (key: string): Promise<[string, Seen<readonly JsonObject[]>][]> => {
    const [apiVersion = '', kind = ''] = key.split(' ');
    const api = apis.get(apiVersion)?.find((one) => one.kind === kind);
    if (api === undefined) return [];
    const place = {apiVersion, plural: api.plural};
    // Where an object belongs to no namespace, or holds secrets, only those are asked for that are known by name.
    const isByName = !api.namespaced || key === kinds.secret;
    const inside = api.namespaced ? {...place, namespace: cluster.namespace} : place;
    const names = key === kinds.namespace ? [cluster.namespace] : namesIn(files, key);
    const seen = isByName
      ? await see(Promise.all(names.map((name) => cluster.get({...inside, name}))))
      : await see(cluster.list(inside));
    if (!('value' in seen)) return [[key, seen]];
    const found = (seen.value ?? []).filter((object) => object !== undefined);
    return [[key, {value: found.map((object) => known(object, {apiVersion, kind}))}]];
  };
  return new Map((await Promise.all([...keys].map(read))).flat());
}

function namesIn(files: readonly JsonObject[], key: string): string[] {
  return files.filter((object) => keyOf(object) === key).map(nameOf);
}

/** Items of a list come without their kind. What a Secret holds never gets further than here. */
function known(object: JsonObject, kind: {readonly apiVersion: string; readonly kind: string}): JsonObject {
  if (kind.kind !== 'Secret') return {...object, ...kind};
  const {data, metadata} = object;
  const keys = isObject(data) ? Object.keys(data) : [];
  const {name, namespace, labels} = isObject(metadata) ? metadata : {};
  return {
    ...kind,
    metadata: {name, namespace, labels},
    data: Object.fromEntries(keys.map((key) => [key, ''])),
  };
}

async function readBrokerConfigs(
  cluster: Cluster,
  deployed: Snapshot['deployed'],
): Promise<Snapshot['brokerConfigs']> {
  const brokers = deployed.get(kinds.broker);
  const references = brokers !== undefined && 'value' in brokers ? brokers.value : [];
  const names = new Set(
    references.flatMap((broker) => {
      const name = textAt(broker, 'spec', 'config', 'name');
      const namespace = textAt(broker, 'spec', 'config', 'namespace') ?? cluster.namespace;
      return name === undefined ? [] : [`${namespace}/${name}`];
    }),
  );
  const read = async (full: string) => {
    const [namespace = '', name = ''] = full.split('/');
    return [full, await see(cluster.get({apiVersion: 'v1', plural: 'configmaps', namespace, name}))] as const;
  };
  return new Map(await Promise.all([...names].map(read)));
}

async function readSecretKeys(
  cluster: Cluster,
  deployed: Snapshot['deployed'],
): Promise<Snapshot['secretKeys']> {
  const services = deployed.get(kinds.service);
  const names = secretNames(services !== undefined && 'value' in services ? services.value : []);
  const {namespace} = cluster;
  const read = async (name: string): Promise<[string, Seen<string[] | undefined>]> => {
    const seen = await see(cluster.get({apiVersion: 'v1', plural: 'secrets', namespace, name}));
    if (!('value' in seen)) return [name, seen];
    const data = seen.value?.['data'];
    const keys = seen.value === undefined ? undefined : Object.keys(isObject(data) ? data : {});
    return [name, {value: keys}];
  };
  return new Map(await Promise.all(names.map(read)));
}

async function readWorkloads(cluster: Cluster): Promise<Snapshot['workloads']> {
  const read = async (namespace: string): Promise<[string, Seen<JsonObject[]>]> => {
    const lists = ['deployments', 'statefulsets'].map((plural) =>
      cluster.list({apiVersion: 'apps/v1', plural, namespace}),
    );
    const seen = await see(Promise.all(lists));
    if (!('value' in seen)) return [namespace, seen];
    return [namespace, {value: seen.value.flatMap((found) => found ?? [])}];
  };
  return new Map(await Promise.all(['knative-eventing', 'knative-serving'].map(read)));
}
