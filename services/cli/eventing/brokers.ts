import {type JsonObject, textAt} from '#kit/json';
import {cell} from '../output/cell.ts';
import type {View} from '../output/print.ts';
import {age, backoff, readyColumns} from './columns.ts';
import {type Readiness, readinessOf} from './condition.ts';
import {classAnnotation, type DeliveryRow, deliveryOf} from './delivery.ts';
import type {Eventing} from './read-eventing.ts';

/** A Broker as `dip broker list` shows it. */
export interface BrokerRow extends Readiness, DeliveryRow {
  readonly namespace: string;
  readonly name: string;
  readonly class: string;
  /** What an MTChannelBasedBroker keeps its events in; null for class Kafka, or where nobody says. */
  readonly channel: string | null;
  /** The ConfigMap of its channel or topic. */
  readonly config: string | null;
  /** Where events are sent to; null until a cluster says. */
  readonly url: string | null;
  readonly triggers: number;
  readonly createdAt: string | null;
}

/** Every Broker, with how many Triggers hear it. */
export function brokerRows({brokers, triggers, configMaps}: Eventing): BrokerRow[] {
  return brokers.map((broker) => {
    const name = textAt(broker, 'metadata', 'name') ?? '';
    const namespace = textAt(broker, 'metadata', 'namespace') ?? '';
    const heard = triggers.filter(
      (trigger) =>
        textAt(trigger, 'spec', 'broker') === name && textAt(trigger, 'metadata', 'namespace') === namespace,
    );
    return {
      namespace,
      name,
      class: textAt(broker, 'metadata', 'annotations', classAnnotation) ?? 'MTChannelBasedBroker',
      channel: channelOf(broker, configMaps),
      config: textAt(broker, 'spec', 'config', 'name') ?? null,
      ...readinessOf(broker),
      url: textAt(broker, 'status', 'address', 'url') ?? null,
      triggers: heard.length,
      ...deliveryOf(undefined, broker),
      createdAt: textAt(broker, 'metadata', 'creationTimestamp') ?? null,
    };
  });
}

/** What a cluster says it is, or what the ConfigMap of the files asks for. */
function channelOf(broker: JsonObject, configMaps: readonly JsonObject[]): string | null {
  const said = textAt(broker, 'status', 'annotations', 'knative.dev/channelKind');
  if (said !== undefined) return said;
  const name = textAt(broker, 'spec', 'config', 'name');
  const configMap = configMaps.find((one) => textAt(one, 'metadata', 'name') === name);
  const template = textAt(configMap, 'data', 'channel-template-spec') ?? '';
  return /^kind:\s*(\w+)/m.exec(template)?.[1] ?? null;
}

/** The columns of `dip broker list`. */
export const brokerView: View<BrokerRow> = {
  name: ({name}) => name,
  columns: [
    {title: 'NAMESPACE', value: ({namespace}) => cell(namespace), wide: true},
    {title: 'NAME', value: ({name}) => cell(name)},
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
