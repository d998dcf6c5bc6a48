import type {TokenRecord} from '#gateway';
import {type ClusterOptions, clusterOptions, namesCluster} from '../cluster/options.ts';
import {misused} from '../failure.ts';
import type {Terminal} from '../terminal.ts';

/** Where tokens are kept: a folder of files, or a Secret with a key for each. */
export interface TokenStore {
  /** What it is called, such as `.dip/tokens`. */
  readonly place: string;
  /** How long a change takes to be known, in words. */
  readonly delay: string;
  /** What is kept, by name, whether or not it is a token. */
  contents(): Promise<ReadonlyMap<string, string>>;
  /** Resolves to false when the name is taken. */
  add(name: string, content: string): Promise<boolean>;
  /** Resolves to false when there is none of the name. */
  remove(name: string): Promise<boolean>;
}

/** Where tokens are, for the commands that change them. */
export const storeOptions = {
  'data-dir': {type: 'string', value: 'DIR', help: 'The data folder of a DIP on this machine (default .dip)'},
  ...clusterOptions,
} as const;

export interface StoreOptions extends ClusterOptions {
  readonly 'data-dir'?: string | undefined;
}

/**
 * The tokens of a cluster, where one is named, or of a data folder.
 *
 * @throws Failure (usage) both at once, or a namespace of no cluster
 */
export async function storeOf(options: StoreOptions, terminal: Terminal): Promise<TokenStore> {
  const {'data-dir': dataDirectory, namespace} = options;
  if (!namesCluster(options)) {
    if (namespace !== undefined) throw misused('`--namespace` goes with `--context` or `--kubeconfig`.');
    const {folderStore} = await import('./folder-store.ts');
    return folderStore(dataDirectory ?? '.dip');
  }
  if (dataDirectory !== undefined)
    throw misused(
      'Tokens are in a data folder or on a cluster: expected `--data-dir` or `--context`, got both.',
    );
  const [{connect}, {secretStore}] = await Promise.all([
    import('../cluster/connect.ts'),
    import('./secret-store.ts'),
  ]);
  return secretStore(await connect(options, terminal));
}

/** A token as it is shown: without its hash. */
export interface ShownToken extends Omit<TokenRecord, 'sha256'> {
  readonly name: string;
}

/** The tokens of a store, by name, and of what else is there why it opens nothing. */
export async function tokensOf(store: TokenStore): Promise<{tokens: ShownToken[]; faults: string[]}> {
  const {decodeRecord, isTokenName} = await import('#gateway');
  const tokens: ShownToken[] = [];
  const faults: string[] = [];
  for (const [name, content] of await store.contents()) {
    try {
      if (!isTokenName(name)) throw new Error('has a name that no token can have');
      const {sha256: _hash, ...record} = decodeRecord(content);
      tokens.push({name, ...record});
    } catch (error) {
      faults.push(
        `${name} in ${store.place} opens nothing: it ${error instanceof Error ? error.message : error}.`,
      );
    }
  }
  return {tokens, faults};
}
