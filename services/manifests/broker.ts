import Type, {type Static} from 'typebox';
import {classAnnotation, classIn} from './broker-class.ts';
import {channelStorage, defaultStorage, type Storage, topicStorage} from './channel.ts';
import {isKnativesOwn} from './config-maps.ts';
import {
  brokerDefaults,
  DeliveryShape,
  deliveryInEffect,
  type WrittenDelivery,
  writtenDelivery,
} from './delivery.ts';
import {type ManifestObject, Metadata, refusal, remark} from './manifest-object.ts';
import type {Broker, Remarks} from './manifests.ts';
import {strict} from './strict.ts';

const text = Type.Optional(Type.String());

const ConfigReference = Type.Object(
  {apiVersion: text, kind: text, name: text, namespace: text},
  {additionalProperties: false},
);

const BrokerShape = Type.Object(
  {
    apiVersion: Type.Literal('eventing.knative.dev/v1'),
    kind: Type.Literal('Broker'),
    metadata: Metadata,
    spec: Type.Optional(
      Type.Object(
        {config: Type.Optional(ConfigReference), delivery: Type.Optional(DeliveryShape)},
        {additionalProperties: false},
      ),
    ),
    status: Type.Optional(Type.Unknown()),
  },
  {additionalProperties: false},
);

/** A Broker, its ConfigMap, and its delivery as it is written, which its triggers inherit from. */
export interface ReadBroker {
  readonly broker: Broker;
  /** Undefined where it has Knative's own. */
  readonly configMap: ManifestObject | undefined;
  readonly written: WrittenDelivery;
}

/** @param configMaps all that were read, of any namespace. */
export function readBroker(
  object: ManifestObject,
  configMaps: readonly ManifestObject[],
  remarks: Remarks,
): ReadBroker {
  const {spec = {}} = strict(object, BrokerShape, object.value);
  const brokerClass = classOf(object);
  const configMap = configMapOf(object, brokerClass, {config: spec.config, configMaps});
  const storage = storageOf(configMap, brokerClass, remarks);
  const written =
    spec.delivery === undefined ? brokerDefaults : writtenDelivery(object, spec.delivery, remarks.notes);
  const {namespace, name, file} = object;
  noteAnnotations(object, remarks.notes);
  const delivery = deliveryInEffect(undefined, written, {class: brokerClass, channel: storage.channel});
  return {broker: {namespace, name, class: brokerClass, ...storage, delivery, file}, configMap, written};
}

function classOf(object: ManifestObject): Broker['class'] {
  const name = classIn(object.annotations);
  if (name === 'MTChannelBasedBroker' || name === 'Kafka') return name;
  const given = `is ${JSON.stringify(name)}`;
  throw refusal(
    object,
    `metadata.annotations[${classAnnotation}]`,
    `${given}: it must be MTChannelBasedBroker or Kafka.`,
  );
}

function storageOf(
  configMap: ManifestObject | undefined,
  brokerClass: Broker['class'],
  remarks: Remarks,
): Storage {
  if (configMap === undefined) return defaultStorage;
  return brokerClass === 'Kafka' ? topicStorage(configMap, remarks) : channelStorage(configMap, remarks);
}

interface ConfigSource {
  readonly config: Static<typeof ConfigReference> | undefined;
  readonly configMaps: readonly ManifestObject[];
}

/** Undefined for Knative's own, which an MTChannelBasedBroker gets that names none. */
function configMapOf(
  object: ManifestObject,
  brokerClass: Broker['class'],
  {config, configMaps}: ConfigSource,
): ManifestObject | undefined {
  if (config === undefined) {
    if (brokerClass === 'MTChannelBasedBroker') return undefined;
    throw refusal(object, 'spec.config', 'is missing: a Broker of class Kafka must name its ConfigMap.');
  }
  for (const field of ['apiVersion', 'kind', 'name'] as const) {
    if ((config[field] ?? '') === '') throw refusal(object, `spec.config.${field}`, 'is missing: add it.');
  }
  const {kind, name = '', namespace = object.namespace} = config;
  if (kind !== 'ConfigMap')
    throw refusal(object, 'spec.config.kind', `is ${JSON.stringify(kind)}: it must be ConfigMap.`);
  const configMap = configMaps.find((one) => one.namespace === namespace && one.name === name);
  if (configMap !== undefined || isKnativesOwn(namespace, name)) return configMap;
  throw refusal(
    object,
    'spec.config',
    `names the ConfigMap ${namespace}/${name}, which is in none of the files: add it.`,
  );
}

function noteAnnotations({annotations, ...object}: ManifestObject, notes: string[]): void {
  for (const name of Object.keys(annotations)) {
    if (!/knative\.dev\//.test(name) || name === classAnnotation) continue;
    notes.push(
      remark({annotations, ...object}, `metadata.annotations[${name}] has no effect on one machine.`),
    );
  }
}
