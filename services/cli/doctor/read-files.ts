import path from 'node:path';
import {isObject, type JsonObject, textAt} from '#kit/json';
import {messageOf} from '../failure.ts';
import {root} from '../manifests.ts';
import type {Files} from './read-snapshot.ts';

/** The namespace that the manifests are written for. */
const written = 'dip';

export interface FilesOptions {
  readonly namespace: string;
  /** The class whose files are meant: those of class Kafka take the place of some of the plain ones. */
  readonly brokerClass: 'MTChannelBasedBroker' | 'Kafka';
}

const classKafka = path.join(root, 'config/alternatives/class-kafka.yaml');

/** Says that an object belongs to Brokers of one class alone. */
function classLabelOf(object: JsonObject): string | undefined {
  return textAt(object, 'metadata', 'labels', 'dip.dev/broker-class');
}

/**
 * The objects of the manifests, and why Knative or one machine would not take them. Where DIP lives in another
 * namespace, they are read as if they were written for that one, addresses inside the cluster too.
 */
export async function readFiles(
  paths: readonly string[],
  {namespace, brokerClass}: FilesOptions,
): Promise<Files> {
  const {readManifests, readObjects} = await import('#manifests');
  try {
    const objects = await readObjects(paths);
    const fault = await readManifests(paths).then(
      () => undefined,
      (error: unknown) => messageOf(error),
    );
    const alternatives = brokerClass === 'Kafka' ? await readObjects([classKafka]) : [];
    const values = [...objects, ...alternatives].map(({value}) => value);
    const isMeant = (value: JsonObject) => (classLabelOf(value) ?? brokerClass) === brokerClass;
    return {objects: values.filter(isMeant).map((value) => movedTo(namespace, value)), fault};
  } catch (error) {
    return {objects: [], fault: messageOf(error)};
  }
}

function movedTo(namespace: string, object: JsonObject): JsonObject {
  if (namespace === written) return object;
  const moved = renamed(object, namespace);
  if (!isObject(moved)) return object;
  const {metadata} = moved;
  return isObject(metadata) && moved['kind'] === 'Namespace'
    ? {...moved, metadata: {...metadata, name: namespace}}
    : moved;
}

function renamed(value: unknown, namespace: string, name?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, namespace));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, renamed(inner, namespace, key)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (name === 'namespace') return value === written ? namespace : value;
  return value
    .replaceAll(`.${written}.svc.`, `.${namespace}.svc.`)
    .replace(/(\.svc\.cluster\.local)\/dip\//g, `$1/${namespace}/`);
}
