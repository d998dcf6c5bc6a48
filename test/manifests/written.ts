import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Manifests} from '../../services/manifests/manifests.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';

/** A folder of its own for one test. */
export async function folder(t: ExecutionContext): Promise<string> {
  const place = await mkdtemp(path.join(tmpdir(), 'manifests-'));
  t.teardown(() => rm(place, {recursive: true}));
  return place;
}

/** Reads objects as if they stood in one file. */
export async function read(t: ExecutionContext, objects: readonly object[]): Promise<Manifests> {
  return await readManifests([await write(t, objects)]);
}

/** A folder with objects in one file. */
export async function write(t: ExecutionContext, objects: readonly object[]): Promise<string> {
  const place = await folder(t);
  const documents = objects.map((object) => JSON.stringify(object));
  await writeFile(path.join(place, 'all.yaml'), documents.join('\n---\n'));
  return place;
}

const of = (kind: string, apiVersion: string, name: string) => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'dip'},
});

export const kafkaChannel = {
  ...of('ConfigMap', 'v1', 'channel'),
  data: {
    'channel-template-spec':
      'apiVersion: messaging.knative.dev/v1beta1\nkind: KafkaChannel\nspec: {numPartitions: 3, retentionDuration: P1D}',
  },
};

export const kafkaTopic = {
  ...of('ConfigMap', 'v1', 'channel'),
  data: {
    'bootstrap.servers': 'kafka:9092',
    'default.topic.partitions': '6',
    'default.topic.replication.factor': '3',
  },
};

export function broker(spec: object = {}, annotations: Record<string, string> = {}): object {
  const {metadata, ...rest} = of('Broker', 'eventing.knative.dev/v1', 'default');
  return {...rest, metadata: {...metadata, annotations}, spec};
}

export const kafkaClass = {'eventing.knative.dev/broker.class': 'Kafka'};

export const config = {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'channel'}};

export const subscriber = {
  ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'routing'},
  uri: '/events',
};

export function trigger(spec: object = {}, annotations: Record<string, string> = {}): object {
  const {metadata, ...rest} = of('Trigger', 'eventing.knative.dev/v1', 'to-routing');
  return {...rest, metadata: {...metadata, annotations}, spec: {broker: 'default', subscriber, ...spec}};
}

export interface ServiceParts {
  readonly annotations?: Record<string, unknown>;
  readonly revision?: object;
  readonly container?: object;
}

export function service({annotations = {}, revision = {}, container = {}}: ServiceParts = {}): object {
  const containers = [{image: 'dip/routing', ...container}];
  return {
    ...of('Service', 'serving.knative.dev/v1', 'routing'),
    spec: {template: {metadata: {annotations}, spec: {containers, ...revision}}},
  };
}
