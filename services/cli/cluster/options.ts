import {misused} from '../failure.ts';

/** `--context`, `--kubeconfig` and `--namespace`, for every command that can ask a cluster. */
export const clusterOptions = {
  context: {type: 'string', value: 'NAME', help: 'The cluster of this context of the kubeconfig'},
  kubeconfig: {
    type: 'string',
    value: 'FILE',
    help: 'Where clusters are described; default KUBECONFIG, or ~/.kube/config',
  },
  namespace: {
    type: 'string',
    short: 'n',
    value: 'NAME',
    help: 'The namespace that DIP lives in; default dip',
  },
} as const;

/** The options of a command that can ask a cluster, as given. */
export interface ClusterOptions {
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly namespace?: string | undefined;
}

/** Whether a cluster is named: without that a command means the manifests, or this machine. */
export function namesCluster({context, kubeconfig}: ClusterOptions): boolean {
  return context !== undefined || kubeconfig !== undefined;
}

/**
 * The namespace asked for, or `dip`.
 *
 * @throws Failure (usage) what Kubernetes does not allow as a name
 */
export function namespaceOf({namespace = 'dip'}: ClusterOptions): string {
  if (/^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace)) return namespace;
  throw misused(
    `\`--namespace\` is at most 63 lower-case letters, digits and dashes, such as dip; got \`${namespace}\`.`,
  );
}
