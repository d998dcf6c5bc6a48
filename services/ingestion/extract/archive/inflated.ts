import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';

/**
 * Counts what comes out of one document that is packed. The sizes that it declares are not believed: bytes are counted
 * while they come out, so a bomb is refused after its first megabytes.
 */
export class Inflated {
  readonly #most: number;
  #total = 0;

  /** @param packedBytes size of the document. */
  constructor(packedBytes: number) {
    this.#most = Math.min(
      limits.inflatedBytes,
      Math.max(limits.inflatedFreely, packedBytes * limits.inflatedRatio),
    );
  }

  /** @returns the bytes. @throws Unreadable too-large */
  count(bytes: Uint8Array): Uint8Array {
    this.#total += bytes.length;
    if (this.#total > this.#most) throw new Unreadable('too-large');
    return bytes;
  }
}
