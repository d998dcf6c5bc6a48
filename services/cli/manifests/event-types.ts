import type {ContractTerms, Service} from '#kit';

/** A kind of event and the Broker that carries it. */
export interface Carried {
  readonly contract: ContractTerms;
  /** The name of the service that tells it. */
  readonly service: string;
  readonly broker: {readonly namespace: string; readonly name: string};
}

/**
 * What services tell, each by its contract, in the order of the alphabet of their types.
 *
 * @param brokerOf the Broker that a service publishes to, by the service's name
 */
export function carriedBy(
  services: readonly Service[],
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
 * The EventType that tells a cluster's people and tools of a contract (eventing.knative.dev/v1beta3). What changes from
 * event to event stands in curly brackets, as its reference has it.
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
      labels: {'app.kubernetes.io/part-of': 'dip'},
    },
    spec: {
      reference: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: broker.name},
      description: contract.description,
      attributes: [
        attribute('specversion', '1.0'),
        attribute('type', contract.type),
        attribute('source', `/services/${service}`),
        attribute('id'),
        attribute('time', undefined, false),
        attribute('subject', '{documentId}', false),
        attribute('partitionkey', '{documentId}', false),
        attribute('datacontenttype', 'application/json'),
        attribute('dataschema', contract.dataschema),
      ],
    },
  };
}
