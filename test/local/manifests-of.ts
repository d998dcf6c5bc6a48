import {everything, type Filter} from '../../services/manifests/filter/filter.ts';
import type {
  Broker,
  Delivery,
  KnativeService,
  Manifests,
  Trigger,
} from '../../services/manifests/manifests.ts';

export const delivery: Delivery = {
  retry: 2,
  backoffPolicy: 'exponential',
  backoffDelayMs: 200,
  timeoutMs: 2_000,
  deadLetterSink: null,
};

export function brokerOf(parts: Partial<Broker> = {}): Broker {
  return {
    namespace: 'dip',
    name: 'default',
    class: 'MTChannelBasedBroker',
    channel: 'KafkaChannel',
    partitions: 8,
    retentionMs: 7 * 86_400_000,
    delivery,
    file: 'broker.yaml',
    ...parts,
  };
}

export function triggerOf(name: string, uri: string, parts: Partial<Trigger> = {}): Trigger {
  return {
    namespace: 'dip',
    name,
    broker: 'default',
    filter: everything,
    subscriber: {kind: 'uri', uri},
    delivery,
    ordered: true,
    file: `${name}.yaml`,
    ...parts,
  };
}

export function serviceOf(
  name: string,
  command: string[],
  parts: Partial<KnativeService> = {},
): KnativeService {
  return {
    namespace: 'dip',
    name,
    command,
    url: null,
    says: [],
    env: {},
    containerConcurrency: 0,
    timeoutMs: 300_000,
    maxScale: 0,
    minScale: 0,
    readinessPath: null,
    idleMs: 0,
    file: `${name}.yaml`,
    ...parts,
  };
}

export function manifestsOf(parts: Partial<Manifests>): Manifests {
  return {brokers: [brokerOf()], triggers: [], services: [], notes: [], forClusters: [], ...parts};
}

/** Lets through what has one of these types. */
export function typesOf(...types: string[]): Filter {
  return {
    matches: ({type}) => types.includes(String(type)),
    explain: ({type}) => ({pass: types.includes(String(type)), dialect: 'exact', path: 'filters'}),
  };
}
