import {patternFaults} from './pattern-strings.ts';

/** The most characters that a text of a fact may have. */
const longest = 256;

/** The texts that data of a schema can hold, each with its place, and what is wrong with them. */
export function stringsOf(schema: object, where = 'data'): {faults: string[]} {
  return {faults: [...faultsOf(schema, where)]};
}

function* faultsOf(schema: object, where: string): Generator<string> {
  const sides = part(schema, 'anyOf');
  if (Array.isArray(sides)) {
    for (const side of sides) yield* faultsOf(side, where);
    return;
  }
  if ('const' in schema) {
    if (typeof schema.const === 'string') yield* literalFaults(schema.const, where);
    return;
  }
  switch (part(schema, 'type')) {
    case 'string':
      return yield* textFaults(schema, where);
    case 'object':
      return yield* objectFaults(schema, where);
    case 'array':
      return yield* arrayFaults(schema, where);
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
      return;
    default:
      yield `${where} may be anything: ${JSON.stringify(schema)}`;
  }
}

function* literalFaults(value: string, where: string): Generator<string> {
  if (!/^[!-~]{1,256}$/.test(value)) yield `${where} is a text with spaces: ${JSON.stringify(value)}`;
}

function* textFaults(schema: object, where: string): Generator<string> {
  const pattern = part(schema, 'pattern');
  const maxLength = part(schema, 'maxLength');
  if (typeof pattern !== 'string') yield `${where} is a text without a pattern`;
  else yield* patternFaults(pattern, typeof maxLength === 'number' ? maxLength : undefined, longest, where);
}

function* objectFaults(schema: object, where: string): Generator<string> {
  const names = part(schema, 'patternProperties');
  // Without it a name that does not match is taken along, and its value with it.
  if (part(schema, 'additionalProperties') !== false) yield `${where} takes members that it does not name`;
  if (typeof names === 'object' && names !== null) {
    for (const [pattern, value] of Object.entries<object>({...names})) {
      yield* patternFaults(pattern, undefined, longest, `${where}'s names`);
      yield* faultsOf(value, `${where}.*`);
    }
    return;
  }
  for (const [name, value] of Object.entries<object>({...objectOf(part(schema, 'properties'))}))
    yield* faultsOf(value, `${where}.${name}`);
}

function* arrayFaults(schema: object, where: string): Generator<string> {
  if (typeof part(schema, 'maxItems') !== 'number') yield `${where} is an array without \`maxItems\``;
  yield* faultsOf(objectOf(part(schema, 'items')), `${where}[]`);
}

function part(schema: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(schema, name)?.value;
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
