import {Inflate} from 'fflate';
import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import type {ZipEntry} from './zip.ts';

/** Unpacks files of one archive, counting what comes out of all of them. */
export type Unpack = (entry: ZipEntry, onBytes: (bytes: Uint8Array) => void) => void;

/** How much is unpacked between two looks at the count: deflate packs at most 1,032 to 1. */
const stepBytes = 16 * 1024;

/**
 * Makes the unpacker of one archive. The sizes that an archive declares are not believed: bytes are counted
 * while they come out, so a bomb is refused after its first megabytes.
 *
 * @param archiveBytes size of the archive.
 */
export function unpacker(archiveBytes: number): Unpack {
  const most = Math.min(
    limits.inflatedBytes,
    Math.max(limits.inflatedFreely, archiveBytes * limits.inflatedRatio),
  );
  let total = 0;
  const count = (bytes: Uint8Array) => {
    total += bytes.length;
    if (total > most) throw new Unreadable('too-large');
    return bytes;
  };
  return ({isEncrypted, method, packed}, onBytes) => {
    if (isEncrypted) throw new Unreadable('encrypted');
    if (method === 0) return onBytes(count(packed));
    if (method !== 8) throw new Unreadable('corrupt');
    const inflate = new Inflate((bytes) => onBytes(count(bytes)));
    for (let at = 0; at < packed.length; at += stepBytes) {
      inflate.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
    }
  };
}
