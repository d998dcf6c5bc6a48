import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {type ManifestObject, Metadata, refusal, titleOf} from './manifest-object.ts';
import {strict} from './strict.ts';
import {parseYaml} from './yaml.ts';

/**
 * The objects of some files and folders, in the order in which `kubectl apply` takes them: folder after folder, by
 * file name, without the folders inside.
 *
 * @throws Error one sentence with file, line and column where the YAML is broken; with file and field where something
 *   is no Kubernetes object, or the same object stands there twice.
 */
export async function readObjects(paths: readonly string[]): Promise<ManifestObject[]> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const objects = (await Promise.all(files.map(objectsOf))).flat();
  refuseRepetition(objects);
  return objects;
}

async function filesOf(place: string): Promise<string[]> {
  const found = await stat(place).catch((cause: unknown) => {
    throw new Error(`${place} can not be read: there is no such file or folder.`, {cause});
  });
  if (!found.isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  return names.map((name) => path.join(place, name));
}

async function objectsOf(file: string): Promise<ManifestObject[]> {
  const text = await readFile(file, 'utf8');
  return parseYaml(text, file).flatMap((value) => (value === null ? [] : [objectOf(value, file)]));
}

function objectOf(value: unknown, file: string): ManifestObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${file}: it holds ${JSON.stringify(value)}: it must hold Kubernetes objects.`);
  }
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  const unnamed = {
    file,
    apiVersion: '',
    kind: 'object',
    namespace: '',
    name: '',
    annotations: {},
    value: fields,
  };
  const apiVersion = textOf(unnamed, 'apiVersion');
  const kind = textOf(unnamed, 'kind');
  const metadata = strict({...unnamed, kind}, Metadata, fields['metadata'] ?? {}, 'metadata');
  const namespace = kind === 'Namespace' ? '' : (metadata.namespace ?? 'default');
  const {name, annotations = {}} = metadata;
  const object = {file, apiVersion, kind, namespace, name, annotations, value: fields};
  refuseNames(object);
  return object;
}

function textOf(object: ManifestObject, field: string): string {
  const text = object.value[field];
  if (typeof text === 'string' && text !== '') return text;
  throw new Error(`${object.file}: an object has no ${field}: it must have one.`);
}

/** The API server's rules for names (DNS-1123). */
function refuseNames(object: ManifestObject): void {
  if (!/^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(object.name)) {
    throw refusal(object, 'metadata.name', `is ${JSON.stringify(object.name)}: ${nameRule('253')}`);
  }
  if (object.namespace !== '' && !/^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(object.namespace)) {
    throw refusal(object, 'metadata.namespace', `is ${JSON.stringify(object.namespace)}: ${nameRule('63')}`);
  }
}

const nameRule = (length: string) => `it must be at most ${length} lower-case letters, digits and dashes.`;

function refuseRepetition(objects: readonly ManifestObject[]): void {
  const seen = new Map<string, ManifestObject>();
  for (const object of objects) {
    const key = `${object.apiVersion.split('/').slice(0, -1)} ${titleOf(object)}`;
    const first = seen.get(key);
    if (first !== undefined)
      throw refusal(object, 'metadata.name', `stands in ${first.file} too: name one of them otherwise.`);
    seen.set(key, object);
  }
}
