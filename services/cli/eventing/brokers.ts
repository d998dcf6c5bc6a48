import {textAt} from '#kit/json';
import type {SeenBroker} from '#manifests';
import {cell} from '../output/cell.ts';
import type {View} from '../output/print.ts';
import {age, backoff, readyColumns} from './columns.ts';
import {type Readiness, readinessOf} from './condition.ts';
import {type DeliveryRow, deliveryRow} from './delivery.ts';
import type {Eventing} from './read-eventing.ts';

/** A Broker as `dip broker list` shows it. */
export interface BrokerRow extends Readiness, DeliveryRow {
  readonly namespace: string;
  readonly name: string;
  readonly class: string;
  /** What an MTChannelBasedBroker keeps its events in; null for class Kafka, or where nobody says. */
  readonly channel: string | null;
  /** The ConfigMap of its channel or topic, with its namespace where that is another. */
  readonly config: string | null;
  /** Where events are sent to; null until a cluster says. */
  readonly url: string | null;
  readonly triggers: number;
  readonly createdAt: string | null;
}

/** Every Broker, with how many Triggers hear it. */
export function brokerRows({brokers, triggers}: Pick<Eventing, 'brokers' | 'triggers'>): BrokerRow[] {
  return brokers.map((broker) => {
    const {object, namespace, name, channel} = broker;
    const heard = triggers.filter((one) => one.broker === name && one.namespace === namespace);
    return {
      namespace,
      name,
      class: broker.class,
      channel,
      config: configOf(broker),
      ...readinessOf(object),
      url: textAt(object, 'status', 'address', 'url') ?? null,
      triggers: heard.length,
      ...deliveryRow(broker.delivery, namespace),
      createdAt: textAt(object, 'metadata', 'creationTimestamp') ?? null,
    };
  });
}

function configOf({config, namespace}: SeenBroker): string | null {
  if (config === null) return null;
  return config.namespace === namespace ? config.name : `${config.namespace}/${config.name}`;
}

/** The columns of `dip broker list`. */
export const brokerView: View<BrokerRow> = {
  name: ({name}) => name,
  columns: [
    {title: 'NAMESPACE', value: ({namespace}) => cell(namespace), wide: true},
    {title: 'NAME', value: ({name}) => cell(name), cut: 'nothing'},
    {title: 'CLASS', value: (broker) => cell(broker.class)},
    {title: 'CHANNEL', value: ({channel}) => cell(channel)},
    {title: 'CONFIG', value: ({config}) => cell(config), wide: true},
    {title: 'TRIGGERS', value: ({triggers}) => cell(triggers)},
    {title: 'RETRY', value: ({retry}) => cell(retry)},
    {title: 'BACKOFF', value: ({backoffPolicy, backoffDelay}) => backoff(backoffPolicy, backoffDelay)},
    {title: 'TIMEOUT', value: ({timeout}) => cell(timeout), wide: true},
    {title: 'DEAD-LETTERS', value: ({deadLetters}) => cell(deadLetters)},
    ...readyColumns<BrokerRow>(),
    {title: 'URL', value: ({url}) => cell(url), wide: true},
    {title: 'AGE', value: ({createdAt}) => age(createdAt), wide: true},
  ],
};
