import {setTimeout as wait} from 'node:timers/promises';
import {type Cluster, Conflict} from '#cluster';
import {at, isObject, type JsonObject} from '#kit/json';
import type {TokenStore} from './store.ts';

const secret = 'dip-tokens';

/** Times that a change is tried where others change the Secret meanwhile. */
const attempts = 10;

/** Tokens as keys of the Secret that the console mounts. @throws Failure where the API server refuses */
export function secretStore(cluster: Cluster): TokenStore {
  const place = {apiVersion: 'v1', plural: 'secrets', namespace: cluster.namespace};
  const read = () => cluster.get({...place, name: secret});
  const change = (data: JsonObject, resourceVersion?: unknown) =>
    cluster.patch(
      {...place, name: secret},
      {...(resourceVersion === undefined ? {} : {metadata: {resourceVersion}}), data},
    );
  return {
    place: `Secret ${cluster.namespace}/${secret}`,
    delay: 'a minute or two',
    contents: async () => keysOf(await read()),
    add: (name, content) =>
      withRetries(async () => {
        const data = {[name]: Buffer.from(content).toString('base64')};
        const found = await read();
        if (keysOf(found).has(name)) return false;
        if (found === undefined) await cluster.create(place, newSecret(cluster.namespace, data));
        // The version it was read in: else two who take one name at once would both be told that it is theirs.
        else await change(data, at(found, 'metadata', 'resourceVersion'));
        return true;
      }),
    async remove(name) {
      if (!keysOf(await read()).has(name)) return false;
      await change({[name]: null});
      return true;
    },
  };
}

function newSecret(namespace: string, data: JsonObject): JsonObject {
  const labels = {'app.kubernetes.io/part-of': 'dip'};
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: {name: secret, namespace, labels},
    data,
  };
}

function keysOf(object: JsonObject | undefined): Map<string, string> {
  const data = at(object, 'data');
  const entries = Object.entries(isObject(data) ? data : {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    entries.map(([name, value]) => [name, Buffer.from(String(value), 'base64').toString('utf8')]),
  );
}

async function withRetries<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
      await wait(20 * attempt * (0.5 + Math.random()));
    }
  }
}
