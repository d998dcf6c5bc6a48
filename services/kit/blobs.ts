import {randomUUID} from 'node:crypto';
import {link, mkdir, open, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {type Config, ConfigError} from './config.ts';
import {faultsOf, type Static, type TSchema} from './contract.ts';

/**
 * Where people's words are kept: bytes under a name, written once and flushed before anything refers to them.
 * The one store that services share, as it is part of the events: who hears a fact may read what it refers to.
 */
export interface Blobs {
  /**
   * Keeps bytes for good. The same bytes again change nothing.
   * @throws Error when the name is taken by other bytes, or is no name below `documents/`.
   */
  write(ref: string, bytes: Uint8Array): Promise<void>;
  /** @throws BlobMissing when there are none under this name. */
  read(ref: string): Promise<Buffer>;
  /** Deletes all that is kept below a prefix, such as `documents/<documentId>`. */
  erase(prefix: string): Promise<void>;
}

/** Nothing is kept under this name: never written, or erased. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
}

/** The store that the configuration names. @throws ConfigError when there is none to be had. */
export function openBlobs(config: Config): Blobs {
  if (config.blobsUrl !== undefined) {
    throw new ConfigError(
      'BLOBS_URL is set, and stores other than a folder are not supported yet: unset it.',
    );
  }
  if (config.isOnKubernetes) {
    throw new ConfigError(
      'BLOBS_URL is not set: on Kubernetes a folder goes with its pod, so documents would be lost.',
    );
  }
  return folderBlobs(path.join(config.dataDirectory, 'blobs'));
}

/** JSON from a blob, checked against its shape. @throws Error when it has another. */
export async function readJson<Schema extends TSchema>(
  blobs: Blobs,
  ref: string,
  schema: Schema,
): Promise<Static<Schema>> {
  const value: unknown = JSON.parse((await blobs.read(ref)).toString('utf8'));
  assertShape(value, schema, ref);
  return value;
}

function assertShape<Schema extends TSchema>(
  value: unknown,
  schema: Schema,
  ref: string,
): asserts value is Static<Schema> {
  const [fault] = faultsOf(schema)(value);
  if (fault !== undefined) throw new Error(`Blob ${ref} has another shape than expected: ${fault}.`);
}

/** Blobs as files of a folder, by their names. */
export function folderBlobs(root: string): Blobs {
  return {
    async write(ref, bytes) {
      const file = fileOf(root, ref);
      await makeFolder(path.dirname(file));
      await writeOnce(file, bytes, ref);
    },
    async read(ref) {
      try {
        return await readFile(fileOf(root, ref));
      } catch (error) {
        if (isCode(error, 'ENOENT')) throw new BlobMissing(`No blob is kept as ${ref}.`, {cause: error});
        throw error;
      }
    },
    async erase(prefix) {
      await rm(fileOf(root, prefix), {recursive: true, force: true});
    },
  };
}

function fileOf(root: string, ref: string): string {
  if (!/^documents(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(ref)) {
    throw new Error(`Expected a blob's name below documents/, got ${JSON.stringify(ref)}.`);
  }
  return path.join(root, ref);
}

/** Under a name of its own first, so that a killed process leaves no half-written blob behind under the real one. */
async function writeOnce(file: string, bytes: Uint8Array, ref: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    await writeFlushed(draft, bytes);
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if (!(await readFile(file)).equals(bytes))
      throw new Error(`Blob ${ref} is kept already, with other bytes.`);
  } finally {
    await rm(draft, {force: true});
  }
  await flushFolder(path.dirname(file));
}

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and flushes what holds the new ones: a file is safe only when the names above it are. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, {recursive: true});
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made))
    await flushFolder(path.dirname(made));
}

async function flushFolder(folder: string): Promise<void> {
  // Windows can't open folders, and orders its metadata itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
