import {faultsOf, type Static, type TSchema} from '../contract.ts';
import type {Blobs} from './blobs.ts';

/** JSON from a blob, checked against its shape. @throws Error when it has another. */
export async function readJson<Schema extends TSchema>(
  blobs: Blobs,
  ref: string,
  schema: Schema,
): Promise<Static<Schema>> {
  const value: unknown = JSON.parse((await blobs.read(ref)).toString('utf8'));
  assertShape(value, schema, ref);
  return value;
}

function assertShape<Schema extends TSchema>(
  value: unknown,
  schema: Schema,
  ref: string,
): asserts value is Static<Schema> {
  const [fault] = faultsOf(schema)(value);
  if (fault !== undefined) throw new Error(`Blob ${ref} has another shape than expected: ${fault}.`);
}
