import {closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync} from 'node:fs';
import {devNull} from 'node:os';
import path from 'node:path';
import {messageOf} from '#kit';
import {tellingLine} from './telling-line.ts';

/** A log that has grown to this is put aside when its service is started again. */
const mostBytes = 8 * 1024 * 1024;

/** The file that a process writes what it says to, itself: nothing of it goes through us. */
export interface ServiceLog {
  readonly descriptor: number;
  /** To be closed once the process has it. */
  close(): void;
  /** What the process said last that tells a person most; empty when it said nothing, or it can't be read. */
  lastWords(): string;
}

/**
 * Opens the log of a service to write on, in a folder that is made where somebody has deleted it. The one before, if it
 * has grown large, is kept as `<file>.old`. A service starts without a log, too: where there is no place for one,
 * `warn` hears why.
 */
export function openLog(file: string, warn: (sentence: string) => void): ServiceLog {
  try {
    mkdirSync(path.dirname(file), {recursive: true});
    if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) > mostBytes) renameSync(file, `${file}.old`);
    const descriptor = openSync(file, 'a');
    const from = fstatSync(descriptor).size;
    return {
      descriptor,
      close: () => closeSync(descriptor),
      lastWords: () => tellingLine(endOf(file, from)),
    };
  } catch (error) {
    warn(`What it says is not kept, as ${file} can't be written: ${messageOf(error)}`);
    const descriptor = openSync(devNull, 'w');
    return {descriptor, close: () => closeSync(descriptor), lastWords: () => ''};
  }
}

/** The last bytes from a place on; none where the file is gone. */
function endOf(file: string, from: number): string {
  const bytes = Buffer.alloc(8000);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const start = Math.max(from, fstatSync(descriptor).size - bytes.length);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, start));
  } catch {
    return '';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
