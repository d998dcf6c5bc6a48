/** Archives as programs write them that do not know beforehand how much will come. */
import {crc32, deflateRawSync} from 'node:zlib';

export interface Zip64Options {
  /** What the end record says of the number of files, the directory's size and its offset; all ones send to the 64-bit record. */
  end?: {count?: number; size?: number; offset?: number};
  /** What the 64-bit record says instead of what is so. */
  record?: {count?: bigint; size?: bigint; offset?: bigint};
  /** Where the locator says that the record is, instead of where it is. */
  locator?: bigint;
  /** What stands before the archive. */
  before?: Uint8Array;
}

/** An archive with all of its numbers in 64 bits, and with sizes that follow their files. */
export function zip64(files: Record<string, string>, options: Zip64Options = {}): Uint8Array {
  const locals: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const sum = crc32(content);
    const sizes = [long(BigInt(Buffer.byteLength(content))), long(BigInt(packed.length))];
    const versions = [short(45), short(0x808), short(8), int(0)];
    const local = Buffer.concat([
      Buffer.concat([int(0x04034b50), ...versions, int(0), int(0), int(0), short(name.length), short(0)]),
      Buffer.concat([Buffer.from(name), packed, int(0x08074b50), int(sum), ...sizes]),
    ]);
    // Another extra field, of times, stands before the one that counts.
    const extra = Buffer.concat([
      short(0x5455),
      short(1),
      Buffer.of(0),
      short(1),
      short(24),
      ...sizes,
      long(BigInt(offset)),
    ]);
    const lengths = [short(name.length), short(extra.length), short(0), short(0), short(0), int(0)];
    entries.push(
      Buffer.concat([int(0x02014b50), short(45), ...versions, int(sum), int(ones), int(ones), ...lengths]),
      Buffer.concat([int(ones), Buffer.from(name), extra]),
    );
    locals.push(local);
    offset += local.length;
  }
  const {before = new Uint8Array(0)} = options;
  const directory = Buffer.concat(entries);
  return Buffer.concat([
    before,
    ...locals,
    directory,
    ending(Object.keys(files).length, directory.length, offset, options),
  ]);
}

const ones = 0xffffffff;

function ending(
  files: number,
  length: number,
  offset: number,
  {end = {}, record = {}, locator}: Zip64Options,
): Uint8Array {
  const {count = BigInt(files), size = BigInt(length), offset: start = BigInt(offset)} = record;
  return Buffer.concat([
    int(0x06064b50),
    long(44n),
    short(45),
    short(45),
    int(0),
    int(0),
    long(count),
    long(count),
    long(size),
    long(start),
    int(0x07064b50),
    int(0),
    long(locator ?? BigInt(offset + length)),
    int(1),
    int(0x06054b50),
    short(0),
    short(0),
    short(end.count ?? 0xffff),
    short(end.count ?? 0xffff),
    int(end.size ?? ones),
    int(end.offset ?? ones),
    short(0),
  ]);
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
