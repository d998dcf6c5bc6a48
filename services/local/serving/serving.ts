import type {Broker, KnativeService, Manifests} from '#manifests';
import {localAddresses} from './cluster-address.ts';
import type {Launch} from './instance.ts';
import {type Lease, Revision} from './revision.ts';

/** The Knative Services of the manifests, at zero until something reaches them. */
export interface Serving {
  /**
   * @param patience see `Revision.acquire`
   * @throws Error when there is no such service, NotStarted when it can't be started.
   */
  acquire(namespace: string, name: string, patience?: {isPatient: boolean}): Promise<Lease>;
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
export function openServing(options: ServingOptions): Serving {
  const {manifests} = options;
  const revisions = new Map<string, Revision>();
  for (const service of manifests.services)
    revisions.set(`${service.namespace}/${service.name}`, revisionOf(service, options));
  const hearing = new Map(
    manifests.brokers.map((broker) => [
      broker,
      subscribersOf(manifests, broker).flatMap((name) => revisions.get(name) ?? []),
    ]),
  );
  const warm = (broker: Broker): void => {
    for (const revision of hearing.get(broker) ?? []) revision.warm();
  };
  return {
    async acquire(namespace, name, patience) {
      const revision = revisions.get(`${namespace}/${name}`);
      if (revision === undefined)
        throw new Error(`There is no Knative Service ${namespace}/${name} in the manifests.`);
      return revision.acquire(patience);
    },
    has: (namespace, name) => revisions.has(`${namespace}/${name}`),
    namespacesOf: (name) =>
      manifests.services.filter((service) => service.name === name).map(({namespace}) => namespace),
    warm,
    warmBehind(namespace, name) {
      const sink = revisions.get(`${namespace}/${name}`)?.service.env['K_SINK'];
      const broker = manifests.brokers.find((each) => sink?.endsWith(`/${each.namespace}/${each.name}`));
      if (broker !== undefined) warm(broker);
    },
    scale: () => Object.fromEntries([...revisions].map(([key, revision]) => [key, revision.scale])),
    async close() {
      await Promise.all([...revisions.values()].map((revision) => revision.close()));
    },
  };
}

function revisionOf(service: KnativeService, {ownUrl, launch, environment, say}: ServingOptions): Revision {
  return new Revision({
    service,
    // Read when it is started: only then is our own address known.
    environment: () => {
      const own = Object.entries(service.env).map(([name, value]) => [name, localAddresses(value, ownUrl())]);
      return {...environment, ...Object.fromEntries(own)};
    },
    launch,
    say,
  });
}

/** The services, `<namespace>/<name>`, that a broker's triggers name. */
function subscribersOf({triggers}: Manifests, broker: Broker): string[] {
  const subscribers = triggers
    .filter((trigger) => trigger.broker === broker.name && trigger.namespace === broker.namespace)
    .flatMap(({subscriber}) =>
      subscriber.kind === 'service' ? [`${subscriber.namespace}/${subscriber.name}`] : [],
    );
  return [...new Set(subscribers)];
}
