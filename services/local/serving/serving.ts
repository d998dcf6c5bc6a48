import type {Broker, Destination, Manifests} from '../manifests/manifests.ts';
import {localAddresses} from './cluster-address.ts';
import type {Launch} from './instance.ts';
import {type Lease, Revision} from './revision.ts';

/** The Knative Services of the manifests, at zero until something reaches them. */
export interface Serving {
  /** @throws Error when there is no such service, or it can't be started. */
  acquire(namespace: string, name: string): Promise<Lease>;
  has(namespace: string, name: string): boolean;
  /** The namespaces that have a service of this name. */
  namespacesOf(name: string): string[];
  /** Starts all that listens to a broker, as its events will reach them one after the other. */
  warm(broker: Broker): void;
  /** Starts all that will hear of what a service publishes at its front door: its `K_SINK` says where that goes. */
  warmBehind(namespace: string, name: string): void;
  /** Processes by `<namespace>/<name>`. */
  scale(): Record<string, number>;
  close(): Promise<void>;
}

export interface ServingOptions {
  manifests: Manifests;
  /** Our own address, which stands for the cluster's brokers. */
  ownUrl: () => string;
  launch: Launch;
  /** Further environment of every service. */
  environment: Readonly<Record<string, string>>;
  say: (sentence: string) => void;
}

/** Sets up the services; none is started. */
export function openServing({manifests, ownUrl, launch, environment, say}: ServingOptions): Serving {
  const revisions = new Map<string, Revision>();
  const revisionOf = (namespace: string, name: string): Revision | undefined => {
    const key = `${namespace}/${name}`;
    const service = manifests.services.find(
      (candidate) => candidate.namespace === namespace && candidate.name === name,
    );
    if (service === undefined) return undefined;
    let revision = revisions.get(key);
    if (revision === undefined) {
      const own = Object.entries(service.env).map(([variable, value]) => [
        variable,
        localAddresses(value, ownUrl()),
      ]);
      revision = new Revision({
        service,
        environment: {...environment, ...Object.fromEntries(own)},
        launch,
        say,
      });
      revisions.set(key, revision);
    }
    return revision;
  };
  const warm = (broker: Broker): void => {
    for (const {namespace, name} of subscribersOf(manifests, broker)) revisionOf(namespace, name)?.warm();
  };
  return {
    async acquire(namespace, name) {
      const revision = revisionOf(namespace, name);
      if (revision === undefined)
        throw new Error(`There is no Knative Service ${namespace}/${name} in the manifests.`);
      return revision.acquire();
    },
    has: (namespace, name) =>
      manifests.services.some((service) => service.namespace === namespace && service.name === name),
    namespacesOf: (name) =>
      manifests.services.filter((service) => service.name === name).map(({namespace}) => namespace),
    warm,
    warmBehind(namespace, name) {
      const sink = revisionOf(namespace, name)?.service.env['K_SINK'];
      const broker = manifests.brokers.find((each) => sink?.endsWith(`/${each.namespace}/${each.name}`));
      if (broker !== undefined) warm(broker);
    },
    scale: () => Object.fromEntries([...revisions].map(([key, revision]) => [key, revision.scale])),
    async close() {
      await Promise.all([...revisions.values()].map((revision) => revision.close()));
    },
  };
}

function subscribersOf({triggers}: Manifests, broker: Broker): Extract<Destination, {kind: 'service'}>[] {
  return triggers
    .filter((trigger) => trigger.broker === broker.name && trigger.namespace === broker.namespace)
    .flatMap(({subscriber}) => (subscriber.kind === 'service' ? [subscriber] : []));
}
