import {setTimeout as wait} from 'node:timers/promises';
import {type Cluster, Conflict} from '#cluster';
import {at, isObject, type JsonObject} from '#kit/json';

/** What a Secret holds, each entry as text, in the order of their names. */
export interface Held {
  readonly entries: ReadonlyMap<string, string>;
  /** What it was read as: who changes it by this changes nothing that they have not seen. */
  readonly version: unknown;
}

/** One Secret of the namespace that DIP lives in. Every call @throws ClusterError where the API server refuses. */
export interface Secret {
  /** What it is called, such as `Secret dip/dip-tokens`. */
  readonly title: string;
  /** Undefined: it is not there. */
  read(): Promise<Held | undefined>;
  /** @throws Conflict where it is there already */
  create(entries: Readonly<Record<string, string>>): Promise<void>;
  /** Null takes an entry away; what is not named stays. @throws Conflict where it was changed since it was of that version */
  change(entries: Readonly<Record<string, string | null>>, version?: unknown): Promise<void>;
}

/** The Secret of this name in the namespace that DIP lives in, whether it is there or not. */
export function secretOf(cluster: Cluster, name: string): Secret {
  const {namespace} = cluster;
  const place = {apiVersion: 'v1', plural: 'secrets', namespace};
  return {
    title: `Secret ${namespace}/${name}`,
    async read() {
      const found = await cluster.get({...place, name});
      return found && {entries: entriesOf(found), version: at(found, 'metadata', 'resourceVersion')};
    },
    async create(entries) {
      const labels = {'app.kubernetes.io/part-of': 'dip'};
      const metadata = {name, namespace, labels};
      const data = encoded(entries);
      await cluster.create(place, {apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data});
    },
    async change(entries, version) {
      const read = version === undefined ? {} : {metadata: {resourceVersion: version}};
      await cluster.patch({...place, name}, {...read, data: encoded(entries)});
    },
  };
}

function entriesOf(object: JsonObject): Map<string, string> {
  const data = at(object, 'data');
  const entries = Object.entries(isObject(data) ? data : {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    entries.map(([name, value]) => [name, Buffer.from(String(value), 'base64').toString('utf8')]),
  );
}

function encoded(entries: Readonly<Record<string, string | null>>): JsonObject {
  const encode = (text: string | null) => text && Buffer.from(text).toString('base64');
  return Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, encode(text)]));
}

/** Times that a change is tried where others change the Secret meanwhile. */
const attempts = 10;

/** Reads and changes again where somebody else was faster. */
export async function withRetries<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
      await wait(20 * attempt * (0.5 + Math.random()));
    }
  }
}
