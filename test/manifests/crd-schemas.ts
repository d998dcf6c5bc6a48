/** The schemas of Kubernetes' custom resources, as strict as `kubectl apply --validate=strict`. */
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {Ajv} from 'ajv';
import {parseAllDocuments} from 'yaml';

/** What is wrong with an object, one line a fault; undefined where nothing is known about its kind. */
export type Judge = (apiVersion: string, kind: string, object: unknown) => string[] | undefined;

/** Reads all custom resource definitions below a folder; a schema is compiled when it is first asked for. */
export async function readSchemas(folder: string): Promise<Judge> {
  const ajv = new Ajv({strict: false, allErrors: true, validateFormats: false});
  const schemas = new Map<string, unknown>();
  for (const file of (await readdir(folder, {recursive: true})).filter((name) => name.endsWith('.yaml'))) {
    for (const document of parseAllDocuments(await readFile(path.join(folder, file), 'utf8'))) {
      for (const [key, schema] of schemasOf(document.toJS())) schemas.set(key, schema);
    }
  }
  return (apiVersion, kind, object) => {
    const schema = schemas.get(`${apiVersion} ${kind}`);
    if (schema === undefined) return undefined;
    const check = ajv.compile(mapping(strictly(schema, true)));
    if (check(object)) return [];
    return (check.errors ?? []).map(
      (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
    );
  };
}

function schemasOf(definition: unknown): [string, unknown][] {
  if (mapping(definition)['kind'] !== 'CustomResourceDefinition') return [];
  const {group, names, versions} = mapping(mapping(definition)['spec']);
  return list(versions).map((version) => [
    `${group}/${mapping(version)['name']} ${mapping(names)['kind']}`,
    mapping(mapping(version)['schema'])['openAPIV3Schema'],
  ]);
}

const notJsonSchema = new Set(['description', 'default', 'example', 'externalDocs', 'title', 'nullable']);

/** A structural schema as JSON Schema: a field that it does not name is refused, unless it keeps such fields. */
function strictly(schema: unknown, isRoot = false): unknown {
  const {properties, items, additionalProperties, ...rest} = mapping(schema);
  const strict: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    const isScalarFormat = key === 'format';
    if (!key.startsWith('x-kubernetes-') && !notJsonSchema.has(key) && !isScalarFormat) strict[key] = value;
  }
  if (items !== undefined) strict['items'] = strictly(items);
  if (additionalProperties !== undefined) {
    strict['additionalProperties'] =
      typeof additionalProperties === 'object' ? strictly(additionalProperties) : additionalProperties;
  }
  if (properties !== undefined) {
    const inner = Object.entries(mapping(properties)).map(([name, value]) => [name, strictly(value)]);
    strict['properties'] = Object.fromEntries(inner);
    if (additionalProperties === undefined && rest['x-kubernetes-preserve-unknown-fields'] !== true) {
      strict['additionalProperties'] = false;
    }
  }
  if (rest['x-kubernetes-int-or-string'] === true) {
    delete strict['type'];
    strict['anyOf'] = [{type: 'integer'}, {type: 'string'}];
  }
  return isRoot ? withObjectFields(strict) : strict;
}

function withObjectFields(schema: Record<string, unknown>): unknown {
  const always = {apiVersion: {type: 'string'}, kind: {type: 'string'}, metadata: {type: 'object'}};
  return {...schema, properties: {...mapping(schema['properties']), ...always}};
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
