import {at, textAt} from '#kit/json';
import {cell} from '../output/cell.ts';
import type {View} from '../output/print.ts';
import {age, backoff, readyColumns} from './columns.ts';
import {type Readiness, readinessOf} from './condition.ts';
import {type DeliveryRow, deliveryRow, destination} from './delivery.ts';
import {filterLine} from './filter-line.ts';
import type {Eventing} from './read-eventing.ts';

/** A Trigger as `dip trigger list` shows it. */
export interface TriggerRow extends Readiness, DeliveryRow {
  readonly namespace: string;
  readonly name: string;
  readonly broker: string;
  /** What it hears, in words. */
  readonly filter: string;
  /** The same as it is written; null: everything. */
  readonly filters: unknown;
  /** Who gets the events, in words. */
  readonly subscriber: string | null;
  /** Its address; null until a cluster says. */
  readonly url: string | null;
  readonly createdAt: string | null;
}

/** Every Trigger, with what its Broker gives it. */
export function triggerRows({triggers}: Pick<Eventing, 'triggers'>): TriggerRow[] {
  return triggers.map(({object, namespace, name, broker, delivery}) => ({
    namespace,
    name,
    broker,
    filter: filterLine(object['spec']),
    filters: at(object, 'spec', 'filters') ?? at(object, 'spec', 'filter', 'attributes') ?? null,
    subscriber: destination(at(object, 'spec', 'subscriber'), namespace),
    ...readinessOf(object),
    url: textAt(object, 'status', 'subscriberUri') ?? null,
    ...deliveryRow(delivery, namespace),
    createdAt: textAt(object, 'metadata', 'creationTimestamp') ?? null,
  }));
}

/** The columns of `dip trigger list`. */
export const triggerView: View<TriggerRow> = {
  name: ({name}) => name,
  columns: [
    {title: 'NAMESPACE', value: ({namespace}) => cell(namespace), wide: true},
    {title: 'NAME', value: ({name}) => cell(name), cut: 'nothing'},
    {title: 'BROKER', value: ({broker}) => cell(broker)},
    {title: 'FILTER', value: ({filter}) => cell(filter), cut: 'start'},
    {title: 'SUBSCRIBER', value: ({subscriber}) => cell(subscriber), cut: 'start'},
    {title: 'RETRY', value: ({retry}) => cell(retry)},
    {
      title: 'BACKOFF',
      value: ({backoffPolicy, backoffDelay}) => backoff(backoffPolicy, backoffDelay),
      wide: true,
    },
    {title: 'TIMEOUT', value: ({timeout}) => cell(timeout), wide: true},
    {title: 'DEAD-LETTERS', value: ({deadLetters}) => cell(deadLetters)},
    ...readyColumns<TriggerRow>(),
    {title: 'URL', value: ({url}) => cell(url), wide: true},
    {title: 'AGE', value: ({createdAt}) => age(createdAt), wide: true},
  ],
};
