import type {ContractTerms} from '#kit';
import project from '#package' with {type: 'json'};

/** A kind of event and the Broker that carries it. */
export interface Carried {
  readonly contract: ContractTerms;
  /** The name of the service that tells it. */
  readonly service: string;
  readonly broker: {readonly namespace: string; readonly name: string};
}

/** A service and the contracts of what it tells. */
export interface Teller {
  readonly name: string;
  readonly says: readonly ContractTerms[];
}

/**
 * What services tell, each by its contract, in the order of the alphabet of their types.
 *
 * @param brokerOf the Broker that a service publishes to, by the service's name
 */
export function carriedBy(
  services: readonly Teller[],
  brokerOf: (service: string) => Carried['broker'] | undefined,
): Carried[] {
  const carried = services.flatMap(({name, says}) => {
    const broker = brokerOf(name);
    if (broker === undefined) return [];
    return [...new Set(says)].map((contract) => ({contract, service: name, broker}));
  });
  return carried.sort((one, other) => (one.contract.type < other.contract.type ? -1 : 1));
}

/**
 * The EventType that tells a cluster's people and tools of a contract, in the form that Knative makes of it: it stores a
 * type, a source and a schema alone, and writes the rest anew, in this order and with the reference's namespace. Whatever
 * else is said here is gone from the cluster, and different at each `kubectl diff`.
 */
export function eventType({contract, service, broker}: Carried): object {
  const attribute = (name: string, value?: string, required = true) => ({
    name,
    required,
    ...(value === undefined ? {} : {value}),
  });
  return {
    apiVersion: 'eventing.knative.dev/v1beta3',
    kind: 'EventType',
    metadata: {
      name: contract.type,
      namespace: broker.namespace,
      labels: {
        'app.kubernetes.io/component': 'events',
        'app.kubernetes.io/part-of': 'dip',
        'app.kubernetes.io/version': project.version,
      },
    },
    spec: {
      reference: {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Broker',
        name: broker.name,
        namespace: broker.namespace,
      },
      description: contract.description,
      attributes: [
        attribute('specversion'),
        attribute('id'),
        attribute('type', contract.type),
        attribute('source', `/services/${service}`),
        attribute('schemadata', contract.dataschema, false),
      ],
    },
  };
}
