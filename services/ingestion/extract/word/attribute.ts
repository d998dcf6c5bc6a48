/** Attributes of an element, with their prefixes. */
export type Attributes = Readonly<Record<string, string>>;

/** The value of an attribute, whatever prefix its namespace has: mostly `w`, and `ns0` from programs that make up theirs. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const usual = attributes[`w:${name}`] ?? attributes[name];
  if (usual !== undefined) return usual;
  const end = `:${name}`;
  for (const key in attributes) if (key.endsWith(end)) return attributes[key];
  return undefined;
}

/** A whole number in an attribute. */
export function integer(attributes: Attributes, name = 'val'): number | undefined {
  const value = attribute(attributes, name);
  return value !== undefined && /^-?\d{1,10}$/.test(value) ? Number(value) : undefined;
}

/** Whether a property is on that is on by standing there (ECMA-376 part 1 §17.17.4). */
export function isOn(attributes: Attributes): boolean {
  return !/^(0|false|off)$/.test(attribute(attributes, 'val') ?? '');
}
