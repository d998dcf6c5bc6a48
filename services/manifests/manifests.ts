/** What one machine takes from the YAML of a cluster. */
import type {Filter} from './filter/filter.ts';

export interface Manifests {
  readonly brokers: readonly Broker[];
  readonly triggers: readonly Trigger[];
  readonly services: readonly KnativeService[];
  /** What was read and has no effect on one machine, or will not work as it stands: one sentence each. */
  readonly notes: readonly string[];
  /** What clusters alone need, such as images and accounts: nobody misses it on one machine. One sentence each. */
  readonly forClusters: readonly string[];
}

/** What a reader of manifests has to say; see `Manifests`. */
export interface Remarks {
  readonly notes: string[];
  readonly forClusters: string[];
}

export interface Broker {
  readonly namespace: string;
  readonly name: string;
  readonly class: 'MTChannelBasedBroker' | 'Kafka';
  /** What an MTChannelBasedBroker keeps its events in; null for class Kafka. */
  readonly channel: Channel | null;
  /** Events of one partition are delivered one after the other, where the order is kept at all. At least 1. */
  readonly partitions: number;
  /** How long events are kept: milliseconds, more than 0. */
  readonly retentionMs: number;
  /** What its triggers get that say nothing themselves. */
  readonly delivery: Delivery;
  readonly file: string;
}

export type Channel = 'KafkaChannel' | 'InMemoryChannel';

/** How hard a delivery is tried. */
export interface Delivery {
  /** Attempts after the first. */
  readonly retry: number;
  readonly backoffPolicy: 'linear' | 'exponential';
  /** What the policy multiplies, in milliseconds; null: retries follow at once. */
  readonly backoffDelayMs: number | null;
  /** Of one attempt, in milliseconds; null: none. */
  readonly timeoutMs: number | null;
  /** Who gets the event after the last attempt; null: nobody. */
  readonly deadLetterSink: Destination | null;
}

export type Destination =
  | {readonly kind: 'broker'; readonly namespace: string; readonly name: string}
  /** `path` starts with `/` and may hold a query. */
  | {readonly kind: 'service'; readonly namespace: string; readonly name: string; readonly path: string}
  /** Absolute, http or https. */
  | {readonly kind: 'uri'; readonly uri: string};

export interface Trigger {
  readonly namespace: string;
  readonly name: string;
  /** The name of a Broker of the same namespace, which may not exist. */
  readonly broker: string;
  readonly filter: Filter;
  readonly subscriber: Destination;
  /** In effect: its own or its Broker's, by the rules of the Broker's class. */
  readonly delivery: Delivery;
  /** Events of one partition reach the subscriber one after the other, all retries of each included. */
  readonly ordered: boolean;
  readonly file: string;
}

export interface KnativeService {
  readonly namespace: string;
  readonly name: string;
  /** `dip.dev/command`: what starts it here, a word each; null where there is none. */
  readonly command: readonly string[] | null;
  /** `dip.dev/url`: where it runs already; null where it is started here. */
  readonly url: string | null;
  /** `dip.dev/says`: the types of the events that it says, where no `service.ts` tells them. */
  readonly says: readonly string[];
  /** As written: addresses of the cluster are still in it. */
  readonly env: Readonly<Record<string, string>>;
  /** Requests one process is given at a time; 0: no limit. */
  readonly containerConcurrency: number;
  /** Until a request has to be answered, in milliseconds. */
  readonly timeoutMs: number;
  /** Processes at most; 0: no limit. */
  readonly maxScale: number;
  readonly minScale: number;
  /** Answers 2xx when the process can take requests; null: it can as soon as it listens. */
  readonly readinessPath: string | null;
  /** How long the last process stays without work before it is stopped: milliseconds, 0 to an hour. */
  readonly idleMs: number;
  readonly file: string;
}
