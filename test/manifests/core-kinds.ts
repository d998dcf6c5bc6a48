/** The shapes of Kubernetes' own kinds, as the models of its client know them, and as strict as `--validate=strict`. */
import * as client from '@kubernetes/client-node';

/** What is wrong with an object, one line a fault; undefined where the client knows no such kind. */
export function judgeCoreKind(apiVersion: string, kind: string, object: unknown): string[] | undefined {
  const version = apiVersion.split('/').at(-1) ?? '';
  const model = `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`;
  return fieldsOf(model) === undefined ? undefined : faultsOf(model, object, '');
}

/** The types of a model's fields, by their names in YAML; undefined for what is no model. */
function fieldsOf(model: string): ReadonlyMap<string, string> | undefined {
  const found: unknown = Reflect.get(client, model);
  if (typeof found !== 'function') return undefined;
  const read: unknown = Reflect.get(found, 'getAttributeTypeMap');
  if (typeof read !== 'function') return undefined;
  const fields: readonly {baseName: string; type: string}[] = Reflect.apply(read, found, []);
  return new Map(fields.map(({baseName, type}) => [baseName, type]));
}

function faultsOf(type: string, value: unknown, at: string): string[] {
  const [, item] = /^(?:Array|Set)<(.+)>$/.exec(type) ?? [];
  if (item !== undefined) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((one, index) => faultsOf(item, one, `${at}[${index}]`));
  }
  const [, valueType] = /^\{ \[key: string\]: (.+); \}$/.exec(type) ?? [];
  if (valueType !== undefined)
    return Object.entries(mapping(value)).flatMap(([key, one]) => faultsOf(valueType, one, `${at}.${key}`));
  const fields = fieldsOf(type);
  if (fields === undefined)
    return isScalar(type, value) ? [] : [`${at} is no ${type}: ${JSON.stringify(value)}`];
  return Object.entries(mapping(value)).flatMap(([key, one]) => {
    const known = fields.get(key);
    return known === undefined ? [`${at}.${key} is unknown`] : faultsOf(known, one, `${at}.${key}`);
  });
}

function isScalar(type: string, value: unknown): boolean {
  if (type === 'IntOrString') return typeof value === 'number' || typeof value === 'string';
  // Times and quantities are texts in YAML, and bytes are in base64.
  return type === 'number' || type === 'boolean' ? typeof value === type : typeof value === 'string';
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
