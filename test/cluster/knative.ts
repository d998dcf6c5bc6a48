/** Knative's own ingress, filter, control loops and webhooks on this machine, with kubectl to speak to them. */
import {existsSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {type Skippable, skip} from '../skip.ts';
import {endLeftovers, noteProcesses} from './leftovers.ts';
import {isSoonFree, takeMachineLock, untilFree} from './machine-lock.ts';
import {type Ran, runProgram} from './run-program.ts';
import {cacheFolder, tools} from './tools.ts';

/** A Kubernetes object as it is stored. */
export type StoredObject = Readonly<Record<string, unknown>>;

interface StoredConfigMap extends StoredObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What plays the API server: an object store, which may be changed past all webhooks. */
export interface ObjectStore {
  /** Stores an object, or changes it where it is there already. */
  apply(object: StoredObject): StoredObject;
  /** @param group empty for Kubernetes' oldest kinds */
  get(group: string, plural: string, namespace: string, name: string): StoredObject | undefined;
  list(group: string, plural: string): StoredObject[];
  delete(group: string, plural: string, namespace: string, name: string): void;
  setStatus(group: string, plural: string, namespace: string, name: string, status: StoredObject): void;
  /** Calls `listener` after each object that was stored; `kind` is its group and plural, `/configmaps`. */
  on(event: 'stored', listener: (kind: string, object: StoredObject) => void): unknown;
}

export interface Knative {
  /** The API server's address. */
  readonly api: string;
  /** A forward proxy that knows the cluster's names: `http://<name>.<namespace>.svc.cluster.local`. */
  readonly proxy: string;
  /** Where the ingress listens: `<ingress>/<namespace>/<broker>` takes events. */
  readonly ingress: string;
  readonly kubeconfig: string;
  readonly kube: ObjectStore;
  /** Runs kubectl against it; `input` comes on stdin. */
  kubectl(words: readonly string[], input?: string): Promise<Ran>;
  /** Applies files and folders as kubectl does, and refuses what Knative's webhooks refuse. @throws Error with what kubectl says. */
  apply(...paths: string[]): Promise<void>;
  /** Waits until an object of eventing.knative.dev, or of another group, is Ready. */
  ready(plural: string, namespace: string, name: string, group?: string): Promise<StoredObject>;
  /** Ends it, and lets others have it. */
  stop(): Promise<void>;
}

export interface KnativeOptions {
  /** Names below `.svc.cluster.local` (regular expressions) and the loopback port that each leads to. */
  readonly routes?: Readonly<Record<string, number>>;
  /** Programs that are started when the first request for `<name>.<namespace>` comes. */
  readonly services?: Readonly<
    Record<
      string,
      {
        readonly command: readonly string[];
        readonly port: number;
        readonly env?: Readonly<Record<string, string>>;
      }
    >
  >;
  /** Milliseconds without a request until such a program is stopped; 0: never. */
  readonly idleMs?: number;
}

interface Started {
  readonly kube: ObjectStore;
  readonly kubeconfig: string;
  stop(): void;
  ready(plural: string, namespace: string, name: string, group?: string): Promise<StoredObject>;
}

/** Where the source of Knative's broker for one machine is. */
export const knativeSource = path.join(import.meta.dirname, '../../../shared/knative/broker');
const bin = process.env['KNATIVE_BIN'] || path.join(cacheFolder, 'dip-knative');
const lockPort = 16_442;
/** Of the in-memory channel's dispatcher, which can't be told another; a DIP that runs on this machine has it too. */
const dispatcherPort = 8080;
const ports = {api: 16_443, proxy: 18_080, ingress: 18_081, filter: 18_082};

/**
 * Starts Knative; only one runs on a machine at a time, so that this waits for others.
 * A first start on a machine builds Knative, which takes some minutes. For one test or for all of a file:
 * `t.teardown(() => knative.stop())`, or `test.after.always`.
 *
 * @returns undefined where it can't run here, which is said
 */
export async function startKnative(t: Skippable, options: KnativeOptions = {}): Promise<Knative | undefined> {
  t.timeout(20 * 60_000, 'for Knative to be built, and for others that use it on this machine');
  if (!existsSync(knativeSource)) return skip(t, `Knative's own programs are not at ${knativeSource}`);
  const found = await tools(t);
  if (found === undefined) return undefined;
  const lock = await takeMachineLock(lockPort);
  if (!(await builtKnative(t))) {
    await lock.release();
    return undefined;
  }
  await endLeftovers(bin);
  for (const port of Object.values(ports)) await untilFree(port);
  if (!(await isSoonFree(dispatcherPort))) {
    await lock.release();
    return skip(t, `port ${dispatcherPort}, which Knative's dispatcher takes, is in use by another program`);
  }
  const {cluster}: {cluster(settings: object): Promise<Started>} = await import(
    pathToFileURL(path.join(knativeSource, 'cluster.mjs')).href
  );
  const started = await cluster({bin, ...ports, ...options});
  keepChannelsInMemory(started.kube);
  noteProcesses(bin);
  const stop = async () => {
    started.stop();
    await endLeftovers(bin);
    await lock.release();
  };
  return {...knativeOf(started, found.kubectl), stop};
}

/**
 * What plays the API server exchanges the Kafka channel, which can't run here, for one in memory where a ConfigMap is made,
 * but not where it is applied again, as each upgrade does.
 */
function keepChannelsInMemory(kube: ObjectStore): void {
  const template = 'channel-template-spec';
  kube.on('stored', (kind, {data, ...object}: StoredConfigMap) => {
    if (kind !== '/configmaps' || !data?.[template]?.includes('KafkaChannel')) return;
    const inMemory = 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\n';
    kube.apply({apiVersion: 'v1', ...object, data: {...data, [template]: inMemory}});
  });
}

function knativeOf(started: Started, program: string): Omit<Knative, 'stop'> {
  const kubectl = (words: readonly string[], input = '') =>
    runProgram(program, ['--kubeconfig', started.kubeconfig, ...words], {input});
  return {
    api: `http://127.0.0.1:${ports.api}`,
    proxy: `http://127.0.0.1:${ports.proxy}`,
    ingress: `http://127.0.0.1:${ports.ingress}`,
    kubeconfig: started.kubeconfig,
    kube: started.kube,
    kubectl,
    async apply(...paths) {
      // What plays the API server knows no schemas to validate with.
      const files = paths.flatMap((file) => ['-f', file]);
      const {code, stderr} = await kubectl(['apply', '--validate=false', ...files]);
      if (code !== 0) throw new Error(`kubectl apply ended with ${code}: ${stderr}`);
    },
    ready: (...place) => started.ready(...place),
  };
}

/** Builds Knative where it is not built, as `up` does. Says where it can't, and is then false. */
export async function builtKnative(t: Skippable): Promise<boolean> {
  const names = ['control', 'admit', 'ingress', 'filter'];
  if (names.every((name) => existsSync(path.join(bin, name)))) return true;
  if ((await runProgram('go', ['version'])).code !== 0) {
    skip(t, 'there is no Go to build Knative with');
    return false;
  }
  await mkdir(bin, {recursive: true});
  const commands = ['ingress', 'filter'].map((name) => `knative.dev/eventing/cmd/broker/${name}`);
  const words = ['build', '-ldflags', '-s -w', '-o', `${bin}/`, './control', './admit', ...commands];
  const {code, stderr} = await runProgram('go', words, {cwd: knativeSource});
  if (code === 0) return true;
  skip(t, `Knative could not be built: ${stderr.slice(0, 500)}`);
  return false;
}
