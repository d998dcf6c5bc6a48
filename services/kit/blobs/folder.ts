import {randomUUID} from 'node:crypto';
import {link, open, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {Defer, messageOf} from '../errors.ts';
import {flushFolder, makeFolder} from '../flush-folder.ts';
import {codeOf, MachineOutage} from '../machine-outage.ts';
import {BlobMissing, type Blobs, BlobTaken, checkName} from './blobs.ts';

/** Blobs as files of a folder, by their names. */
export function folderBlobs(root: string): Blobs {
  return {
    async write(ref, bytes) {
      const file = fileOf(root, ref);
      await putOff(file, async () => {
        await makeFolder(path.dirname(file));
        await writeOnce(file, bytes, ref);
      });
    },
    async read(ref) {
      const file = fileOf(root, ref);
      return missingIs(ref, file, () => readFile(file));
    },
    async stream(ref) {
      const file = fileOf(root, ref);
      const handle = await missingIs(ref, file, () => open(file, 'r'));
      return handle.createReadStream();
    },
    async erase(prefix) {
      const file = fileOf(root, prefix);
      await putOff(file, () => rm(file, {recursive: true, force: true}));
    },
  };
}

function fileOf(root: string, ref: string): string {
  checkName(ref);
  return path.join(root, ref);
}

function missingIs<Result>(ref: string, file: string, read: () => Promise<Result>): Promise<Result> {
  return putOff(file, async () => {
    try {
      return await read();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new BlobMissing(ref, error);
      throw error;
    }
  });
}

/**
 * Put off, whatever the system refuses, as with a store that is away: a full disk, rights that are missing, a file in a
 * folder's place. Somebody can set it right, and the event is not to blame.
 */
async function putOff<Result>(file: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (codeOf(error) === '' || error instanceof Defer) throw error;
    throw new MachineOutage(`The file ${file} can't be read or written: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** Under a name of its own first, so that a killed process leaves no half-written blob behind under the real one. */
async function writeOnce(file: string, bytes: Uint8Array, ref: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    await writeFlushed(draft, bytes);
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
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
