import {randomUUID} from 'node:crypto';
import {link, mkdir, open, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {BlobMissing, type Blobs, BlobTaken, checkName} from './blobs.ts';

/** Blobs as files of a folder, by their names. */
export function folderBlobs(root: string): Blobs {
  return {
    async write(ref, bytes) {
      const file = fileOf(root, ref);
      await makeFolder(path.dirname(file));
      await writeOnce(file, bytes, ref);
    },
    async read(ref) {
      const file = fileOf(root, ref);
      return missingIs(ref, () => readFile(file));
    },
    async stream(ref) {
      const file = fileOf(root, ref);
      const handle = await missingIs(ref, () => open(file, 'r'));
      return handle.createReadStream();
    },
    async erase(prefix) {
      await rm(fileOf(root, prefix), {recursive: true, force: true});
    },
  };
}

function fileOf(root: string, ref: string): string {
  checkName(ref);
  return path.join(root, ref);
}

async function missingIs<Result>(ref: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw new BlobMissing(ref, error);
    throw error;
  }
}

/** Under a name of its own first, so that a killed process leaves no half-written blob behind under the real one. */
async function writeOnce(file: string, bytes: Uint8Array, ref: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    await writeFlushed(draft, bytes);
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if (!(await readFile(file)).equals(bytes)) throw new BlobTaken(ref);
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
