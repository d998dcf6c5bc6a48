import {faultsOf, type Static, type TSchema} from '../contract.ts';
import {BlobMissing, type Blobs} from './blobs.ts';

/** JSON from a blob, checked against its shape. @throws Error when it has another. */
export async function readJson<Schema extends TSchema>(
  blobs: Blobs,
  ref: string,
  schema: Schema,
): Promise<Static<Schema>> {
  const value = parsed(await blobs.read(ref), ref);
  assertShape(value, schema, ref);
  return value;
}

/** What an event refers to, as `readJson` reads it; null where it refers to nothing, or it was erased. */
export async function readWords<Schema extends TSchema>(
  blobs: Blobs,
  ref: string | null | undefined,
  schema: Schema,
): Promise<Static<Schema> | null> {
  if (ref === null || ref === undefined) return null;
  return unlessErased(() => readJson(blobs, ref, schema));
}

/** What is read, or null where it was erased. */
export async function unlessErased<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BlobMissing) return null;
    throw error;
  }
}

function parsed(bytes: Buffer, ref: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Error(`Blob ${ref} holds no JSON.`, {cause});
  }
}

function assertShape<Schema extends TSchema>(
  value: unknown,
  schema: Schema,
  ref: string,
): asserts value is Static<Schema> {
  const [fault] = faultsOf(schema)(value);
  if (fault !== undefined) throw new Error(`Blob ${ref} has another shape than expected: ${fault}.`);
}
