import {mkdir, open} from 'node:fs/promises';
import path from 'node:path';

/** Makes a folder and flushes what holds the new ones: a file is safe only when the names above it are. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, {recursive: true});
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made))
    await flushFolder(path.dirname(made));
}

/** Flushes the names in a folder: a new file is there after a power cut only when its folder was flushed too. */
export async function flushFolder(folder: string): Promise<void> {
  // Windows can't open folders, and orders its metadata itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
