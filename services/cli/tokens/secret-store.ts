import type {Cluster} from '#cluster';
import {secretOf, withRetries} from '../cluster/secret.ts';
import type {TokenStore} from './store.ts';

/** Tokens as keys of the Secret that the console mounts. @throws Failure where the API server refuses */
export function secretStore(cluster: Cluster): TokenStore {
  const secret = secretOf(cluster, 'dip-tokens');
  const contents = async () => (await secret.read())?.entries ?? new Map<string, string>();
  return {
    place: secret.title,
    delay: 'a minute or two',
    contents,
    add: (name, content) =>
      withRetries(async () => {
        const held = await secret.read();
        if (held?.entries.has(name)) return false;
        if (held === undefined) await secret.create({[name]: content});
        // The version it was read in: else two who take one name at once would both be told that it is theirs.
        else await secret.change({[name]: content}, held.version);
        return true;
      }),
    async remove(name) {
      if (!(await contents()).has(name)) return false;
      await secret.change({[name]: null});
      return true;
    },
  };
}
