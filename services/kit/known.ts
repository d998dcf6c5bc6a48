import type {TSchema} from 'typebox';

/**
 * The data without the members that a schema does not name, at any depth; whether the rest fits is not looked at.
 * A union is followed where only one of its sides has members, as in an object or null.
 */
export function knownOf<Data>(schema: TSchema, data: Data): Data;
export function knownOf(schema: TSchema, data: unknown): unknown {
  if (Array.isArray(data)) {
    const items = part(schema, 'items');
    return items === undefined ? data : data.map((item: unknown) => knownOf(items, item));
  }
  if (typeof data !== 'object' || data === null) return data;
  const properties = part(sideWithMembers(schema), 'properties');
  return properties === undefined ? data : membersOf(properties, data);
}

function membersOf(properties: object, data: object): object {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    const schema = part(properties, name);
    if (schema !== undefined) known[name] = knownOf(schema, value);
  }
  return known;
}

function sideWithMembers(schema: TSchema): object {
  const sides = part(schema, 'anyOf');
  if (!Array.isArray(sides)) return schema;
  const withMembers = sides.filter((side: object) => part(side, 'properties') !== undefined);
  return withMembers.length === 1 ? withMembers[0] : schema;
}

function part(schema: object, name: string): object | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(schema, name)?.value;
  return typeof value === 'object' && value !== null ? value : undefined;
}
