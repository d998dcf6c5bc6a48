import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import type {KubeConfig} from '@kubernetes/client-node';
import {Failure, messageOf, misused} from '../failure.ts';
import {didYouMean} from '../nearest.ts';
import type {Terminal} from '../terminal.ts';
import type {ClusterOptions} from './options.ts';

const howToName =
  'Name a file with --kubeconfig or KUBECONFIG, or make ~/.kube/config by what your cluster comes with.';

/** What a pod's kubelet gives it, where its service account may ask the API server. */
const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * The files that describe clusters, as kubectl looks for them: `--kubeconfig`, else those of KUBECONFIG that exist,
 * else ~/.kube/config. None: nothing describes a cluster, unless a pod asks its own.
 */
function kubeconfigFiles(options: ClusterOptions, {env}: Pick<Terminal, 'env'>): string[] {
  if (options.kubeconfig !== undefined) return [options.kubeconfig];
  const listed = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '');
  const files = listed.length > 0 ? listed : [path.join(env['HOME'] || homedir(), '.kube/config')];
  return files.filter((file) => existsSync(file));
}

/** Whether anything says where a cluster is. */
export function knowsCluster(options: ClusterOptions, terminal: Pick<Terminal, 'env'>): boolean {
  return kubeconfigFiles(options, terminal).length > 0 || isInPod(terminal);
}

/**
 * What is known of clusters, with the context that is asked for or the current one.
 *
 * @throws Failure no kubeconfig, a broken one, or one without the context, its cluster or its user
 */
export async function readKubeconfig(
  options: ClusterOptions,
  terminal: Pick<Terminal, 'env'>,
): Promise<KubeConfig> {
  const {KubeConfig} = await import('@kubernetes/client-node');
  const merged = new KubeConfig();
  const files = kubeconfigFiles(options, terminal);
  if (files.length === 0 && isInPod(terminal)) merged.loadFromCluster();
  else if (files.length === 0) throw new Failure(`There is no kubeconfig. ${howToName}`);
  else merged.loadFromOptions(mergedOf(files.map((file) => readFile(new KubeConfig(), file))));
  const where = files.length === 0 ? 'The service account' : files.join(' and ');
  merged.setCurrentContext(contextOf(merged, options.context, where));
  refuseGaps(merged, where);
  allowPlainHttp(merged);
  return merged;
}

function isInPod({env}: Pick<Terminal, 'env'>): boolean {
  return (env['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && existsSync(podToken);
}

function readFile(config: KubeConfig, file: string): KubeConfig {
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    const why = existsSync(file)
      ? messageOf(error).split('\n')[0]?.replace(/\.$/, '')
      : 'there is no such file';
    throw new Failure(`The kubeconfig ${file} can not be read: ${why}. ${howToName}`, undefined, {
      cause: error,
    });
  }
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
    throw misused(`${where} has no current context: name one with --context. ${list}`);
  }
  throw misused(`${where} has no context \`${name}\`${didYouMean(name, known)} ${list}`);
}

function refuseGaps(config: KubeConfig, where: string): void {
  const {cluster, user} = config.getContextObject(config.currentContext) ?? {};
  const gap =
    config.getCurrentCluster() === null
      ? `the cluster ${cluster}`
      : user !== undefined && config.getCurrentUser() === null && `the user ${user}`;
  if (gap === false) return;
  throw new Failure(`${where}: the context ${config.currentContext} names ${gap}, which is not there.`);
}

/** Plain HTTP, as `kubectl proxy` speaks it, has no certificate to verify; the client wants that said. */
function allowPlainHttp(config: KubeConfig): void {
  config.clusters = config.clusters.map((cluster) =>
    cluster.server.startsWith('http:') ? {...cluster, skipTLSVerify: true} : cluster,
  );
}
