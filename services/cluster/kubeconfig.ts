import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import type {KubeConfig} from '@kubernetes/client-node';
import {ClusterError, NoSuchContext} from './cluster-error.ts';

/** Where clusters are described, and which of them is meant. */
export interface KubeconfigOptions {
  /** The current one where absent. */
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const howToName =
  'Name a file with --kubeconfig or KUBECONFIG, or make ~/.kube/config by what your cluster comes with.';

/** What a pod's kubelet gives it, where its service account may ask the API server. */
const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * The files that describe clusters, as kubectl looks for them: `--kubeconfig`, else those of KUBECONFIG that exist,
 * else ~/.kube/config. None: nothing describes a cluster, unless a pod asks its own.
 */
function kubeconfigFiles({kubeconfig, env}: KubeconfigOptions): string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  const listed = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '');
  const files = listed.length > 0 ? listed : [path.join(env['HOME'] || homedir(), '.kube/config')];
  return files.filter((file) => existsSync(file));
}

/** Whether anything says where a cluster is. */
export function knowsCluster(options: KubeconfigOptions): boolean {
  return kubeconfigFiles(options).length > 0 || isInPod(options);
}

/**
 * What is known of clusters, with the context that is asked for or the current one.
 *
 * @throws ClusterError no kubeconfig, a broken one, or one without the context, its cluster or its user
 */
export async function readKubeconfig(options: KubeconfigOptions): Promise<KubeConfig> {
  const {KubeConfig} = await import('@kubernetes/client-node');
  const merged = new KubeConfig();
  const files = kubeconfigFiles(options);
  if (files.length === 0 && isInPod(options)) merged.loadFromCluster();
  else if (files.length === 0) throw new ClusterError(`There is no kubeconfig. ${howToName}`);
  else merged.loadFromOptions(mergedOf(files.map((file) => readFile(new KubeConfig(), file))));
  const where = files.length === 0 ? 'The service account' : files.join(' and ');
  merged.setCurrentContext(contextOf(merged, options.context, where));
  refuseGaps(merged, where);
  allowPlainHttp(merged);
  return merged;
}

function isInPod({env}: KubeconfigOptions): boolean {
  return (env['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && existsSync(podToken);
}

function readFile(config: KubeConfig, file: string): KubeConfig {
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    const why = existsSync(file) ? firstLineOf(error) : 'there is no such file';
    throw new ClusterError(`The kubeconfig ${file} can not be read: ${why}. ${howToName}`, {cause: error});
  }
}

function firstLineOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/\.$/, '');
}

/** As kubectl merges: what an earlier file says stays. */
function mergedOf(configs: readonly KubeConfig[]) {
  const first = <Item extends {readonly name: string}>(items: readonly Item[]) => [
    ...new Map(items.toReversed().map((item) => [item.name, item])).values(),
  ];
  return {
    clusters: first(configs.flatMap((config) => config.clusters)),
    users: first(configs.flatMap((config) => config.users)),
    contexts: first(configs.flatMap((config) => config.contexts)),
    currentContext: configs.map((config) => config.currentContext).find(Boolean) ?? '',
  };
}

function contextOf(config: KubeConfig, asked: string | undefined, where: string): string {
  const known = config.contexts.map(({name}) => name).sort();
  const name = asked ?? config.currentContext;
  if (known.includes(name)) return name;
  const list = known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`;
  if (asked === undefined && !name) {
    const sentence = `${where} has no current context: name one with --context. ${list}`;
    throw new NoSuchContext(sentence, {asked, known});
  }
  throw new NoSuchContext(`${where} has no context \`${name}\`. ${list}`, {asked: name, known});
}

function refuseGaps(config: KubeConfig, where: string): void {
  const {cluster, user} = config.getContextObject(config.currentContext) ?? {};
  const gap =
    config.getCurrentCluster() === null
      ? `the cluster ${cluster}`
      : user !== undefined && config.getCurrentUser() === null && `the user ${user}`;
  if (gap === false) return;
  throw new ClusterError(`${where}: the context ${config.currentContext} names ${gap}, which is not there.`);
}

/** Plain HTTP, as `kubectl proxy` speaks it, has no certificate to verify; the client wants that said. */
function allowPlainHttp(config: KubeConfig): void {
  config.clusters = config.clusters.map((cluster) =>
    cluster.server.startsWith('http:') ? {...cluster, skipTLSVerify: true} : cluster,
  );
}
