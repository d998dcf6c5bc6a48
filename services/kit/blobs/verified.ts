import {createHash, type Hash} from 'node:crypto';
import {pipeline, Transform} from 'node:stream';
import {BlobChanged, type Blobs} from './blobs.ts';

/**
 * Blobs whose bytes are held to the hash in their names at each read: what a disk has lost or somebody has changed is
 * never taken for what was written. A name without a hash says nothing of the bytes.
 */
export function verified(blobs: Blobs): Blobs {
  return {
    ...blobs,
    async read(ref) {
      const bytes = await blobs.read(ref);
      hold(ref, () => createHash('sha256').update(bytes));
      return bytes;
    },
    async stream(ref) {
      const hash = createHash('sha256');
      const holding = new Transform({
        transform: (piece: Buffer, _encoding, done) => {
          hash.update(piece);
          done(null, piece);
        },
        flush: (done) => {
          try {
            hold(ref, () => hash);
            done();
          } catch (error) {
            done(error instanceof Error ? error : null);
          }
        },
      });
      // What breaks on the way breaks the stream, and a stream that is not read to its end lets go of its source.
      pipeline(await blobs.stream(ref), holding, () => {});
      return holding;
    },
  };
}

/** @throws BlobChanged when the bytes have another hash than the name says. */
function hold(ref: string, hashed: () => Hash): void {
  const [, said] = /\/[^/.]+\.([0-9a-f]{16})(?:\.[^/]*)?$/.exec(ref) ?? [];
  if (said !== undefined && !hashed().digest('hex').startsWith(said)) throw new BlobChanged(ref);
}
