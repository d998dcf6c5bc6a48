import {createHash} from 'node:crypto';

/** Whose a blob is. */
export interface BlobOwner {
  /** Null: what it is about is no document. */
  readonly documentId: string | null;
  /** The event that names it. */
  readonly eventId: string;
}

/**
 * What a blob is called, such as `documents/doc-1/5f…/content.0123456789abcdef.json`, so that erasing a document finds
 * it; what is about none, as a dead letter may be, is below `letters/5f…`. The name holds a hash
 * of the bytes, so that a second, different attempt under the same id neither fails nor changes the first.
 *
 * @param file what it is, with its ending where it has one: `content.json`, `original`
 * @param sha256 of the bytes, in hex
 */
export function blobName({documentId, eventId}: BlobOwner, file: string, sha256: string): string {
  const [what, ...ending] = file.split('.');
  const folder = documentId === null ? `letters/${eventId}` : `documents/${documentId}/${eventId}`;
  return `${folder}/${[what, sha256.slice(0, 16), ...ending].join('.')}`;
}

/** The hash of bytes that is in a blob's name, in full. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
