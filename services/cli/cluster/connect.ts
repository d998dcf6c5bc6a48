import {type Cluster, connectCluster} from '#cluster';
import type {Terminal} from '../terminal.ts';
import {type ClusterOptions, namespaceOf} from './options.ts';

/**
 * The cluster that a command is asked to look at; nothing is sent yet.
 *
 * @throws Failure (usage) a namespace that can't be
 * @throws ClusterError no kubeconfig, or one without the context
 */
export function connect(
  options: ClusterOptions,
  {env, signal}: Pick<Terminal, 'env' | 'signal'>,
): Promise<Cluster> {
  const {context, kubeconfig} = options;
  return connectCluster({context, kubeconfig, namespace: namespaceOf(options), env, signal});
}
