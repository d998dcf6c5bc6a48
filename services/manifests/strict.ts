import type {Static, TSchema} from 'typebox';
import {Check, Errors} from 'typebox/schema';
import {type ManifestObject, refusal} from './manifest-object.ts';

/**
 * Reads an object, or a part of it, as strictly as Knative's webhooks decode it: a field that the schema does not know
 * is refused, whatever it holds.
 *
 * @param at the path of the part, empty for the whole object.
 * @throws Error a sentence that names file, object, field and value.
 */
export function strict<Schema extends TSchema>(
  object: ManifestObject,
  schema: Schema,
  value: unknown,
  at = '',
): Static<Schema> {
  if (Check(schema, value)) return value;
  const [, errors] = Errors(schema, value);
  const error = errors.find(({keyword}) => keyword === 'boolean') ?? errors[0];
  const field = fieldOf(error?.instancePath ?? '', at);
  const params: Readonly<Record<string, unknown>> = {...error?.params};
  if (error?.keyword === 'required') {
    const [missing] = Array.isArray(params['requiredProperties']) ? params['requiredProperties'] : [];
    throw refusal(object, `${field}${field && '.'}${missing}`, 'is missing: add it.');
  }
  const given = JSON.stringify(valueAt(value, error?.instancePath ?? ''));
  if (error?.keyword === 'boolean') {
    throw refusal(
      object,
      field,
      `is ${given}, but a ${object.kind} has no such field there: check its spelling and its place.`,
    );
  }
  throw refusal(
    object,
    field || 'the object',
    `is ${given}: it must be ${expected(params, error?.message)}.`,
  );
}

function expected(
  {type, allowedValues}: Readonly<Record<string, unknown>>,
  message = 'something else',
): string {
  if (Array.isArray(allowedValues)) return allowedValues.join(' or ');
  switch (type) {
    case 'string':
      return 'text: put it in quotes';
    case 'integer':
      return 'a whole number, without quotes';
    case 'boolean':
      return 'true or false, without quotes';
    case 'array':
      return 'a list: start each item with a dash';
    case 'object':
      return 'a mapping';
    default:
      return message.replace(/^must be /, '');
  }
}

/** `/spec/filters/0/my.key` as `spec.filters[0][my.key]`. */
function fieldOf(pointer: string, at: string): string {
  return segments(pointer).reduce((path, segment) => {
    if (/^\d+$/.test(segment)) return `${path}[${segment}]`;
    return /^\w+$/.test(segment) ? `${path}${path && '.'}${segment}` : `${path}[${segment}]`;
  }, at);
}

function valueAt(value: unknown, pointer: string): unknown {
  return segments(pointer).reduce<unknown>(
    (inner, segment) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, segment) : undefined,
    value,
  );
}

function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
