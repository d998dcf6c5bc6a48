import type {Readable} from 'node:stream';

/**
 * Where people's words are kept: bytes under a name, written once and flushed before anything refers to them.
 * The one store that services share, as it is part of the events: who hears a fact may read what it refers to.
 */
export interface Blobs {
  /**
   * Keeps bytes for good. The same bytes again change nothing.
   * @throws BlobTaken when the name is taken by other bytes.
   * @throws Error when it is no name below `documents/` or `letters/`.
   */
  write(ref: string, bytes: Uint8Array): Promise<void>;
  /**
   * @throws BlobMissing when there are none under this name.
   * @throws BlobChanged when they are not what was written.
   */
  read(ref: string): Promise<Buffer>;
  /**
   * The bytes piece by piece, for those that are too many to hold. The stream ends with an error where they are not
   * what was written.
   * @throws BlobMissing when there are none under this name.
   */
  stream(ref: string): Promise<Readable>;
  /** Deletes all that is kept below a prefix, such as `documents/<documentId>` or `letters/<letterId>`. */
  erase(prefix: string): Promise<void>;
}

/** Nothing is kept under this name: never written, or erased. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';

  constructor(ref: string, cause?: unknown) {
    super(`No blob is kept as ${ref}.`, {cause});
  }
}

/** What is kept under this name is not what was written. */
export class BlobChanged extends Error {
  override readonly name = 'BlobChanged';

  constructor(ref: string) {
    super(`Blob ${ref} does not hold the bytes that were written: it was changed, or cut off.`);
  }
}

/** Other bytes are kept under this name, and stay. */
export class BlobTaken extends Error {
  override readonly name = 'BlobTaken';

  constructor(ref: string) {
    super(`Blob ${ref} is kept already, with other bytes.`);
  }
}

/** A name leads to no other place than its own, in a folder and in an address. @throws Error when it is none. */
export function checkName(ref: string): void {
  if (!/^(documents|letters)(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(ref))
    throw new Error(`Expected a blob's name below documents/ or letters/, got ${JSON.stringify(ref)}.`);
}
