import {Inflate, Unzlib} from 'fflate';
import {Unreadable} from '../unreadable.ts';
import {Inflated} from './inflated.ts';
import type {ZipEntry} from './zip.ts';

/** Unpacks files of one archive, counting what comes out of all of them. */
export type Unpack = (entry: ZipEntry, onBytes: (bytes: Uint8Array) => void) => void;

/** How much is unpacked between two looks at the count: deflate packs at most 1,032 to 1. */
const stepBytes = 16 * 1024;

/**
 * Makes the unpacker of one archive.
 *
 * @param archiveBytes size of the archive.
 */
export function unpacker(archiveBytes: number): Unpack {
  const inflated = new Inflated(archiveBytes);
  return ({isEncrypted, method, packed}, onBytes) => {
    if (isEncrypted) throw new Unreadable('encrypted');
    if (method === 0) return onBytes(inflated.count(packed));
    if (method !== 8) throw new Unreadable('corrupt');
    pushed(new Inflate((bytes) => onBytes(inflated.count(bytes))), packed);
  };
}

/**
 * Unpacks what is packed in the ZLIB format (RFC 1950).
 *
 * @param inflated counts it with all else that is unpacked of its document.
 * @throws Unreadable too-large, Error where it is broken.
 */
export function unpackZlib(packed: Uint8Array, inflated: Inflated): Buffer {
  const pieces: Uint8Array[] = [];
  pushed(new Unzlib((bytes) => pieces.push(inflated.count(bytes).slice())), packed);
  return Buffer.concat(pieces);
}

function pushed(stream: Inflate | Unzlib, packed: Uint8Array): void {
  for (let at = 0; at < packed.length; at += stepBytes)
    stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
}
