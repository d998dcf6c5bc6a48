import type {Broker} from '#manifests';

/** Knative's three ways to deliver. They differ in what they try again, how long they wait, and what a dead letter says. */
export type Engine = 'mt-kafkachannel' | 'mt-inmemory' | 'kafka';

/** The engine that a cluster would run for this broker. */
export function engineOf({class: brokerClass, channel}: Pick<Broker, 'class' | 'channel'>): Engine {
  if (brokerClass === 'Kafka') return 'kafka';
  return channel === 'InMemoryChannel' ? 'mt-inmemory' : 'mt-kafkachannel';
}
