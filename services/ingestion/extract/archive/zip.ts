import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';

export const docxMediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A file in an archive, after the ZIP specification (APPNOTE 6.3.10 §4.3.12). */
export interface ZipEntry {
  name: string;
  isEncrypted: boolean;
  /** 0 stored, 8 deflated. */
  method: number;
  /** As it lies in the archive. */
  packed: Uint8Array;
}

/** What an archive is: the archive's own directory decides, and one without it was cut off. */
export function zipFormat(bytes: Uint8Array): 'docx' | 'truncated' | 'other' {
  const entries = zipEntries(bytes);
  if (entries) return entries.some(({name}) => /^word\/[^/]+\.xml$/i.test(name)) ? 'docx' : 'other';
  const head = text(bytes.subarray(0, 4096));
  return /\[Content_Types\]\.xml|_rels\/|docProps\/|word\//.test(head) ? 'truncated' : 'other';
}

/**
 * The files of an archive, or null where its directory is missing or broken.
 *
 * @throws Unreadable too-large when there are too many.
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = directoryEnd(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  if (count > limits.zipEntries) throw new Unreadable('too-large');
  const size = view.getUint32(end + 12, true);
  // Bytes before the archive move all of its offsets.
  const shift = end - size - view.getUint32(end + 16, true);
  if (shift < 0) return null;
  const entries: ZipEntry[] = [];
  try {
    for (let at = end - size, index = 0; index < count; index++) {
      entries.push(entryAt(bytes, view, at, shift));
      at +=
        46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    // A DataView says so when a length points outside.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return entries;
}

/** Where the end record of the directory is; a comment of up to 65,535 bytes may follow it. */
function directoryEnd(view: DataView): number | null {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return null;
}

function entryAt(bytes: Uint8Array, view: DataView, at: number, shift: number): ZipEntry {
  if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError(`Expected a directory entry at ${at}.`);
  const nameLength = view.getUint16(at + 28, true);
  const local = view.getUint32(at + 42, true) + shift;
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return {
    name: text(bytes.subarray(at + 46, at + 46 + nameLength)),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    packed: bytes.subarray(start, start + view.getUint32(at + 20, true)),
  };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
