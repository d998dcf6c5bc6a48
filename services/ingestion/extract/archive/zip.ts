import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import {uint64, zipDirectory} from './zip-directory.ts';

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
  const directory = zipDirectory(view);
  if (!directory) return null;
  if (directory.count > limits.zipEntries) throw new Unreadable('too-large');
  const entries: ZipEntry[] = [];
  try {
    for (let at = directory.start, index = 0; index < directory.count; index++) {
      entries.push(entryAt(bytes, view, at, directory.shift));
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

function entryAt(bytes: Uint8Array, view: DataView, at: number, shift: number): ZipEntry {
  if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError(`Expected a directory entry at ${at}.`);
  const nameLength = view.getUint16(at + 28, true);
  const {size, offset} = placeOf(view, at, nameLength);
  const local = offset + shift;
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return {
    name: text(bytes.subarray(at + 46, at + 46 + nameLength)),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    packed: bytes.subarray(start, start + size),
  };
}

/**
 * Where a file lies and how large it is there: in its entry, or in an extra field of 64-bit numbers for those that are
 * all ones in the entry, in this order: size unpacked, size packed, offset (§4.5.3).
 */
function placeOf(view: DataView, at: number, nameLength: number): {size: number; offset: number} {
  const unpacked = view.getUint32(at + 24, true);
  let size = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  if (size !== inExtraField && offset !== inExtraField) return {size, offset};
  let field = zip64Field(view, at + 46 + nameLength, view.getUint16(at + 30, true));
  if (field === null) return {size, offset};
  if (unpacked === inExtraField) field += 8;
  if (size === inExtraField) {
    size = uint64(view, field);
    field += 8;
  }
  if (offset === inExtraField) offset = uint64(view, field);
  return {size, offset};
}

/** Instead of a number that stands in the extra field. */
const inExtraField = 0xffffffff;

/** Where the content of the extra field for 64-bit numbers begins. */
function zip64Field(view: DataView, start: number, length: number): number | null {
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 0x0001) return at + 4;
  }
  return null;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
