import Type from 'typebox';
import type {ReadBroker} from './broker.ts';
import {DeliveryShape, deliveryInEffect, writtenDelivery} from './delivery.ts';
import {DestinationShape, destinationOf} from './destination.ts';
import {compile} from './filter/compile.ts';
import {type ManifestObject, Metadata, refusal, remark, titleOf} from './manifest-object.ts';
import type {Trigger} from './manifests.ts';
import {orderAnnotation} from './seen-trigger.ts';
import {strict} from './strict.ts';
import {refuseTriggerAnnotations} from './trigger-annotations.ts';

const TriggerShape = Type.Object(
  {
    apiVersion: Type.Literal('eventing.knative.dev/v1'),
    kind: Type.Literal('Trigger'),
    metadata: Metadata,
    spec: Type.Object(
      {
        broker: Type.Optional(Type.String()),
        brokerRef: Type.Optional(Type.Unknown()),
        filter: Type.Optional(Type.Unknown()),
        filters: Type.Optional(Type.Unknown()),
        subscriber: DestinationShape,
        delivery: Type.Optional(DeliveryShape),
      },
      {additionalProperties: false},
    ),
    status: Type.Optional(Type.Unknown()),
  },
  {additionalProperties: false},
);

export interface TriggerOptions {
  readonly brokers: readonly ReadBroker[];
  readonly notes: string[];
}

/** The Trigger that an object of the YAML declares, with what its Broker gives it. */
export function readTrigger(object: ManifestObject, {brokers, notes}: TriggerOptions): Trigger {
  const {spec} = strict(object, TriggerShape, object.value);
  const {namespace, name, file} = object;
  refuseTriggerAnnotations(object, spec.broker);
  const brokerName = brokerOf(object, spec);
  const known = brokers.find(({broker}) => broker.namespace === namespace && broker.name === brokerName);
  if (known === undefined) {
    const title = titleOf({kind: 'Broker', namespace, name: brokerName});
    notes.push(
      remark(object, `spec.broker names ${title}, which is in none of the files: it hears nothing yet.`),
    );
  }
  const engine = known?.broker ?? {class: 'MTChannelBasedBroker', channel: 'InMemoryChannel'};
  const own = spec.delivery && writtenDelivery(object, spec.delivery, notes);
  return {
    namespace,
    name,
    broker: brokerName,
    filter: filterOf(object, spec),
    subscriber: destinationOf(object, spec.subscriber, 'spec.subscriber', notes),
    delivery: deliveryInEffect(own, known?.written, engine),
    ordered: isOrdered(object, engine, notes),
    file,
  };
}

function brokerOf(
  object: ManifestObject,
  {broker = '', brokerRef}: {broker?: string; brokerRef?: unknown},
): string {
  if (brokerRef !== undefined) {
    throw refusal(
      object,
      'spec.brokerRef',
      'needs the feature cross-namespace-event-links, which is off: use spec.broker.',
    );
  }
  if (broker !== '') return broker;
  throw refusal(object, 'spec.broker', 'is missing: name a Broker of the same namespace.');
}

function filterOf(object: ManifestObject, spec: {filter?: unknown; filters?: unknown}): Trigger['filter'] {
  try {
    return compile(spec);
  } catch (error) {
    throw new Error(
      `${object.file}: ${titleOf(object)}: spec.${error instanceof Error ? error.message : error}.`,
      {
        cause: error,
      },
    );
  }
}

/** A KafkaChannel always keeps the order, an in-memory one never; class Kafka where the trigger asks for it. */
function isOrdered(
  object: ManifestObject,
  engine: Pick<ReadBroker['broker'], 'class' | 'channel'>,
  notes: string[],
): boolean {
  const unread = Object.keys(object.annotations).filter(
    (name) => /knative\.dev\//.test(name) && (name !== orderAnnotation || engine.class !== 'Kafka'),
  );
  for (const name of unread) notes.push(remark(object, `metadata.annotations[${name}] has no effect here.`));
  if (engine.class !== 'Kafka') return engine.channel === 'KafkaChannel';
  const order = object.annotations[orderAnnotation] ?? 'unordered';
  if (/^(un)?ordered$/i.test(order)) return order.toLowerCase() === 'ordered';
  const given = `is ${JSON.stringify(order)}`;
  throw refusal(
    object,
    `metadata.annotations[${orderAnnotation}]`,
    `${given}: it must be ordered or unordered.`,
  );
}
