import {execFile} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import {skip} from './skip.ts';

/** A disk that belongs to one test. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it up, to the last byte or but for some. */
  fill(leftBytes?: number): void;
  /** Makes room again. */
  free(): void;
}

const run = promisify(execFile);

/** Mounts a disk of some MiB in memory; where that can't be done it is said loudly, and the result is undefined. */
export async function smallDisk(t: ExecutionContext, mebibytes = 8): Promise<SmallDisk | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dip-disk-'));
  t.teardown(() => rmSync(folder, {recursive: true, force: true}));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'none', folder]);
  } catch (error) {
    return skip(t, `a full disk is not tried, as no disk can be mounted here: ${String(error)}`);
  }
  t.teardown(() => run('umount', ['--lazy', folder]));
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill: (leftBytes = 0) => fill(filler, leftBytes),
    free: () => rmSync(filler, {force: true}),
  };
}

function fill(file: string, leftBytes: number): void {
  const page = Buffer.alloc(4096);
  const descriptor = openSync(file, 'a');
  let written = 0;
  try {
    for (;;) written += writeSync(descriptor, page);
  } catch {
    truncateSync(file, Math.max(0, written - leftBytes));
  } finally {
    closeSync(descriptor);
  }
}
