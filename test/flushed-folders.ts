import {readdirSync, realpathSync, statSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

/**
 * Notes what is in the folders that are flushed by way of a handle from now on, until the test ends: the names that are
 * on the disk for good, as the system's own paths.
 */
export async function noteFlushes(t: ExecutionContext): Promise<Set<string>> {
  const handle = await open(import.meta.filename, 'r');
  const handles: {sync(): Promise<void>} = Object.getPrototypeOf(handle);
  await handle.close();
  const {sync} = handles;
  const flushed = new Set<string>();
  handles.sync = async function (this: FileHandle) {
    const {fd} = this;
    const folder = realpathSync(`/proc/self/fd/${fd}`);
    // What comes in while it is flushed may be too late.
    const names = statSync(folder).isDirectory() ? readdirSync(folder) : [];
    await sync.call(this);
    for (const name of names) flushed.add(path.join(folder, name));
  };
  t.teardown(() => Object.assign(handles, {sync}));
  return flushed;
}
