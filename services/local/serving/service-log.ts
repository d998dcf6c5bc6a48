import {closeSync, fstatSync, openSync, readSync, renameSync, statSync} from 'node:fs';

/** A log that has grown to this is put aside when its service is started again. */
const mostBytes = 8 * 1024 * 1024;

/** The file that a process writes what it says to, itself: nothing of it goes through us. */
export interface ServiceLog {
  readonly descriptor: number;
  /** To be closed once the process has it. */
  close(): void;
  /** What the process said last that tells a person most; empty when it said nothing. */
  lastWords(): string;
}

/** Opens the log of a service to write on. The one before, if it has grown large, is kept as `<file>.old`. */
export function openLog(file: string): ServiceLog {
  if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) > mostBytes) renameSync(file, `${file}.old`);
  const descriptor = openSync(file, 'a');
  const from = fstatSync(descriptor).size;
  return {descriptor, close: () => closeSync(descriptor), lastWords: () => tellingLine(endOf(file, from))};
}

function endOf(file: string, from: number): string {
  const bytes = Buffer.alloc(2000);
  const descriptor = openSync(file, 'r');
  try {
    const start = Math.max(from, fstatSync(descriptor).size - bytes.length);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, start));
  } finally {
    closeSync(descriptor);
  }
}

function tellingLine(text: string): string {
  const lines = text.trim().split('\n');
  return lines.find((line) => /error|expected|not /i.test(line)) ?? lines.at(-1) ?? '';
}
