import Type from 'typebox';
import {templateKey} from './channel-template.ts';
import {durationMs} from './duration.ts';
import {type ManifestObject, Metadata, refusal, remark} from './manifest-object.ts';
import type {Broker, Remarks} from './manifests.ts';
import {strict} from './strict.ts';
import {parseYaml} from './yaml.ts';

/** What a Broker keeps its events in, and for how long. */
export type Storage = Pick<Broker, 'channel' | 'partitions' | 'retentionMs'>;

const week = 7 * 86_400_000;

/** Knative's own ConfigMap `config-br-default-channel`: what a Broker gets that names none. */
export const defaultStorage: Storage = {channel: 'InMemoryChannel', partitions: 1, retentionMs: week};

/** A ConfigMap; of its data only what a Broker asks for is read. */
const ConfigMap = Type.Object(
  {
    apiVersion: Type.Literal('v1'),
    kind: Type.Literal('ConfigMap'),
    metadata: Metadata,
    data: Type.Optional(Type.Record(Type.String(), Type.String())),
    binaryData: Type.Optional(Type.Unknown()),
    immutable: Type.Optional(Type.Boolean()),
  },
  {additionalProperties: false},
);

const KafkaChannelSpec = Type.Object(
  {
    numPartitions: Type.Optional(Type.Integer({minimum: 1})),
    replicationFactor: Type.Optional(Type.Integer({minimum: 1})),
    retentionDuration: Type.Optional(Type.String()),
  },
  {additionalProperties: false},
);

const Template = Type.Object(
  {
    apiVersion: Type.String(),
    kind: Type.Enum(['KafkaChannel', 'InMemoryChannel']),
    metadata: Type.Optional(Type.Unknown()),
    spec: Type.Optional(Type.Unknown()),
  },
  {additionalProperties: false},
);

/** Reads the ConfigMap of an MTChannelBasedBroker: `channel-template-spec`, or what it was called before. */
export function channelStorage(configMap: ManifestObject, {forClusters}: Remarks): Storage {
  const {data = {}} = strict(configMap, ConfigMap, configMap.value);
  const key = templateKey(data);
  const written = data[key] ?? '';
  if (written.trim() === '')
    throw refusal(configMap, `data.${key}`, "is missing: a Broker's channel stands there.");
  const at = `data.${key}`;
  const [value] = parseYaml(written, `${configMap.file} (${at})`);
  const template = strict(configMap, Template, value, at);
  if (template.kind === 'InMemoryChannel') return defaultStorage;
  const spec = strict(configMap, KafkaChannelSpec, template.spec ?? {}, `${at}.spec`);
  if (spec.replicationFactor !== undefined) {
    forClusters.push(remark(configMap, `${at}.spec.replicationFactor has no effect on one machine.`));
  }
  const {numPartitions = 1, retentionDuration = 'PT168H'} = spec;
  const retentionMs = durationMs(retentionDuration);
  if (retentionMs === undefined || retentionMs <= 0) {
    const given = JSON.stringify(retentionDuration);
    throw refusal(
      configMap,
      `${at}.spec.retentionDuration`,
      `is ${given}: it must be a duration such as PT168H.`,
    );
  }
  return {channel: 'KafkaChannel', partitions: numPartitions, retentionMs};
}

/** Reads the ConfigMap of a Broker of class Kafka. */
export function topicStorage(configMap: ManifestObject, {forClusters}: Remarks): Storage {
  const {data = {}} = strict(configMap, ConfigMap, configMap.value);
  const read = new Set(['default.topic.partitions', 'default.topic.config.retention.ms']);
  const unread = Object.keys(data).filter((key) => !read.has(key));
  for (const key of ['bootstrap.servers', 'default.topic.replication.factor']) {
    if ((data[key] ?? '') === '')
      throw refusal(configMap, `data[${key}]`, 'is missing: a Broker of class Kafka needs it.');
  }
  forClusters.push(
    remark(configMap, `${unread.map((key) => `data[${key}]`).join(', ')} have no effect on one machine.`),
  );
  return {
    channel: null,
    partitions: positive(configMap, 'default.topic.partitions', data['default.topic.partitions']),
    retentionMs: positive(
      configMap,
      'default.topic.config.retention.ms',
      data['default.topic.config.retention.ms'] ?? `${week}`,
    ),
  };
}

function positive(configMap: ManifestObject, key: string, text = ''): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw refusal(
    configMap,
    `data[${key}]`,
    `is ${JSON.stringify(text)}: it must be a whole number above 0, in quotes.`,
  );
}
