/**
 * A model's file from outside: `DIPMODEL`, the format's number and the header's length (32 bits each, little-endian), the
 * SHA-256 of all that follows, a header in JSON padded to a multiple of 4, and blocks of numbers.
 */
import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';

const magic = 'DIPMODEL';
const format = 2;
const sumAt = 16;
const headerAt = 48;

/** The ending of a file that is compressed with Brotli. */
export const compressed = '.br';
/** Bytes that a file may have when it is no longer compressed: forty times what ships. */
const mostBytes = 64 * 2 ** 20;

/** The bytes of a model's file, as they are before they are compressed. @throws Error when they can't be read. */
export async function readSealedModel(file: string | URL): Promise<Buffer> {
  const bytes = await readFile(file);
  if (!String(file).endsWith(compressed)) return bytes;
  const {brotliDecompressSync} = await import('node:zlib');
  return brotliDecompressSync(bytes, {maxOutputLength: mostBytes});
}

/** The bytes of a file with this header and these blocks. */
export function sealModel(header: object, blocks: readonly Uint8Array[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, ' ')]);
  const body = Buffer.concat([padded, ...blocks]);
  const start = Buffer.alloc(headerAt);
  start.write(magic, 'latin1');
  start.writeUInt32LE(format, 8);
  start.writeUInt32LE(padded.length, 12);
  createHash('sha256').update(body).digest().copy(start, sumAt);
  return Buffer.concat([start, body]);
}

/**
 * The header and the blocks of a file.
 *
 * @throws Error when it is no model, of another format, cut off or changed.
 */
export function unsealModel(file: Buffer): {header: unknown; blocks: ArrayBuffer} {
  if (file.length < headerAt || file.toString('latin1', 0, 8) !== magic)
    throw new Error('it is no model file.');
  const found = file.readUInt32LE(8);
  if (found !== format) throw new Error(`its format is ${found}, this version reads ${format}.`);
  const sum = createHash('sha256').update(file.subarray(headerAt)).digest();
  if (!sum.equals(file.subarray(sumAt, headerAt))) {
    throw new Error('it is damaged: its SHA-256 is not the one it says.');
  }
  const blocksAt = headerAt + file.readUInt32LE(12);
  const header: unknown = JSON.parse(file.toString('utf8', headerAt, blocksAt));
  const blocks = new ArrayBuffer(Math.max(0, file.length - blocksAt));
  new Uint8Array(blocks).set(file.subarray(blocksAt));
  return {header, blocks};
}
