import {type BlobOwner, blobName, sha256Of} from './blob-name.ts';
import type {Blobs} from './blobs.ts';

/** Keeps words beside the event that names them: JSON, or bytes as they are. Returns the blob's name. */
export async function keepWords(
  blobs: Blobs,
  owner: BlobOwner,
  name: string,
  value: unknown,
): Promise<string> {
  const {ref, bytes} = wordsOf(owner, name, value);
  await blobs.write(ref, bytes);
  return ref;
}

/** What would be kept, and its name. */
export function wordsOf(owner: BlobOwner, name: string, value: unknown): {ref: string; bytes: Uint8Array} {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value));
  return {ref: blobName(owner, `${name}.json`, sha256Of(bytes)), bytes};
}
