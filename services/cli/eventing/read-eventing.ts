import {type Cluster, Forbidden} from '#cluster';
import {type JsonObject, textAt} from '#kit/json';
import type {ConfigMapAt, SeenBroker, SeenTrigger} from '#manifests';
import {connect} from '../cluster/connect.ts';
import {type ClusterOptions, namesCluster} from '../cluster/options.ts';
import {Failure, messageOf, misused} from '../failure.ts';
import {hint, kubectl} from '../hint.ts';
import {manifestPaths} from '../manifests.ts';
import type {Terminal} from '../terminal.ts';

/** Brokers and Triggers: in the order of the files, or of a cluster by name. */
export interface Eventing {
  readonly brokers: readonly SeenBroker[];
  readonly triggers: readonly SeenTrigger[];
  /** Whether a cluster was asked. */
  readonly isLive: boolean;
  /** Where they were looked for, for a sentence: `in namespace dip of context kind-dip`. */
  readonly where: string;
}

export interface EventingOptions extends ClusterOptions {
  readonly manifests?: readonly string[] | undefined;
}

/**
 * What a cluster has, where one is named; else what the manifests say.
 *
 * @throws Failure manifests that Knative would refuse, or a cluster that can't be asked
 */
export async function readEventing(options: EventingOptions, terminal: Terminal): Promise<Eventing> {
  if (!namesCluster(options)) return ofManifests(options);
  if (options.manifests !== undefined) {
    throw misused(
      '`--manifests` says what is in files, `--context` and `--kubeconfig` what a cluster has: one of them.',
    );
  }
  return ofCluster(options, terminal);
}

async function ofCluster(options: EventingOptions, terminal: Terminal): Promise<Eventing> {
  const cluster = await connect(options, terminal);
  const {namespace, context, server} = cluster;
  const list = async (plural: string) => {
    const found = await cluster.list({apiVersion: 'eventing.knative.dev/v1', plural, namespace});
    if (found !== undefined) return sorted(found);
    throw new Failure(
      `The API server ${server} knows no ${plural}: install Knative Eventing 1.22 there first.`,
    );
  };
  const [brokers, triggers] = await Promise.all([list('brokers'), list('triggers')]);
  const configMapAt = await configMapsOf(cluster, brokers);
  return {
    ...(await seen({brokers, triggers, configMapAt})),
    isLive: true,
    where: `in namespace ${namespace} of context ${context}`,
  };
}

/** The ConfigMaps of Brokers whose controllers have not said yet what they keep events in, as far as one may see them. */
async function configMapsOf(cluster: Cluster, brokers: readonly JsonObject[]): Promise<ConfigMapAt> {
  const {seenBroker} = await import('#manifests');
  const wanted = brokers
    .map((object) => seenBroker(object, () => undefined))
    .flatMap(({channel, config}) => (channel === null && config !== null ? [config] : []));
  const read = async (config: {readonly namespace: string; readonly name: string}) => {
    const found = await cluster
      .get({apiVersion: 'v1', plural: 'configmaps', ...config})
      .catch(unlessForbidden);
    return [`${config.namespace}/${config.name}`, found] as const;
  };
  const configMaps = new Map(await Promise.all(wanted.map(read)));
  return (namespace, name) => configMaps.get(`${namespace}/${name}`);
}

function unlessForbidden(error: unknown): undefined {
  if (!(error instanceof Forbidden)) throw error;
}

async function ofManifests(options: EventingOptions): Promise<Eventing> {
  const {configMapsIn, readManifests, readObjects} = await import('#manifests');
  const paths = manifestPaths(options.manifests);
  try {
    // What Knative would refuse is not listed as if it could be.
    await readManifests(paths);
    const objects = await readObjects(paths);
    const of = (kind: string) =>
      objects
        .filter((object) => object.kind === kind && object.apiVersion.startsWith('eventing.knative.dev/'))
        .filter(({namespace}) => namespace === (options.namespace ?? namespace))
        .map(({value}) => value);
    return {
      ...(await seen({brokers: of('Broker'), triggers: of('Trigger'), configMapAt: configMapsIn(objects)})),
      isLive: false,
      where: `in ${paths.join(' and ')}`,
    };
  } catch (error) {
    throw new Failure(messageOf(error), undefined, {cause: error});
  }
}

interface Objects {
  readonly brokers: readonly JsonObject[];
  readonly triggers: readonly JsonObject[];
  readonly configMapAt: ConfigMapAt;
}

async function seen({configMapAt, ...objects}: Objects): Promise<Pick<Eventing, 'brokers' | 'triggers'>> {
  const {seenBroker, seenTrigger} = await import('#manifests');
  const brokers = objects.brokers.map((object) => seenBroker(object, configMapAt));
  return {brokers, triggers: objects.triggers.map((object) => seenTrigger(object, brokers))};
}

/** What to do where a list is empty, as the end of a sentence. */
export function nextWhereNone(
  {isLive, brokers}: Eventing,
  options: EventingOptions,
  terminal: Terminal,
): string {
  if (brokers.length > 0) return `. Those that there are: ${hint(terminal, ['broker', 'list'], options)}`;
  return isLive ? `. Next: ${kubectl(['apply', '-f', 'config/knative', '-f', 'triggers'], options)}` : '.';
}

function sorted(objects: readonly JsonObject[]): JsonObject[] {
  const key = (object: JsonObject) =>
    `${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`;
  return objects.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
