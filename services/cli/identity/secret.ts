import {type ClusterOptions, clusterOptions, namesCluster} from '../cluster/options.ts';
import type {Secret} from '../cluster/secret.ts';
import {misused} from '../failure.ts';
import type {Terminal} from '../terminal.ts';

export const identityOptions = clusterOptions;

/**
 * The Secret of keys by which a cluster's services know the console.
 *
 * @throws Failure (usage) where no cluster is named
 */
export async function identitySecret(options: ClusterOptions, terminal: Terminal): Promise<Secret> {
  if (!namesCluster(options)) {
    const elsewhere = 'On one machine `dip dev` makes keys of its own at each start';
    throw misused(`${elsewhere}; for a cluster name it with \`--context\` or \`--kubeconfig\`.`);
  }
  const [{connect}, {secretOf}] = await Promise.all([
    import('../cluster/connect.ts'),
    import('../cluster/secret.ts'),
  ]);
  return secretOf(await connect(options, terminal), 'dip-identity');
}
