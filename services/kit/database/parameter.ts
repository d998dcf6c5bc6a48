/** What goes into a database, whichever it is. */
export type Parameter = string | number | bigint | null | Uint8Array;

/** A value as every database takes it: a boolean is 1 or 0. @throws TypeError for what would be written as something else. */
export function toParameter(value: unknown): Parameter {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new TypeError(`Expected a text, number, null or bytes for the database, got ${typeof value}.`);
}
