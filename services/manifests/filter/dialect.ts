/** What Knative's admission webhook asks of one filter, before it means anything. */

const dialects = ['exact', 'prefix', 'suffix', 'all', 'any', 'not'] as const;

/** A filter's one dialect and what is given to it; undefined where it has none. */
export function dialectOf(
  item: unknown,
  path: string,
): {dialect: (typeof dialects)[number]; value: unknown} | undefined {
  const given = fieldsOf(item, path);
  for (const name of Object.keys(given)) {
    if (name === 'cesql') {
      if (given[name] === '') continue;
      throw refusal(`${path}.cesql`, given[name], 'CESQL is not supported yet: use the other dialects');
    }
    if (dialects.every((dialect) => dialect !== name)) {
      throw refusal(
        `${path}.${name}`,
        given[name],
        `there is no such dialect: use one of ${dialects.join(', ')}`,
      );
    }
  }
  const set = dialects.filter((dialect) => isSet(dialect, given[dialect]));
  const [dialect] = set;
  if (set.length > 1)
    throw refusal(path, item, `it holds ${set.join(' and ')}: give each an item of its own`);
  return dialect && {dialect, value: given[dialect]};
}

/** A mapping of attribute names to text. */
export function attributeValues(value: unknown, path: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const [name, expected] of Object.entries(fieldsOf(value, path))) {
    if (!/^[a-z][a-z0-9]*$/.test(name)) {
      throw refusal(
        `${path}.${name}`,
        expected,
        'an attribute name is lower-case letters and digits, a letter first',
      );
    }
    if (typeof expected !== 'string') {
      throw refusal(`${path}.${name}`, expected, 'it must be text: put it in quotes');
    }
    pairs[name] = expected;
  }
  return pairs;
}

export function listOf(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw refusal(path, value, 'it must be a list: start each item with a dash');
}

/** `path` first, so that whoever knows the file and the object can put them before it. */
export function refusal(path: string, value: unknown, problem: string): TypeError {
  return new TypeError(`${path} is ${JSON.stringify(value)}: ${problem}`);
}

function fieldsOf(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).filter(([, given]) => given !== null));
  }
  throw refusal(path, value, 'it must be a mapping');
}

/** As the webhook counts dialects: an empty list or mapping is none, while `not` is one whatever it holds. */
function isSet(dialect: string, value: unknown): boolean {
  if (value === undefined) return false;
  return dialect === 'not' || typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}
