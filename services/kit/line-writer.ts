import {fstatSync, writeSync} from 'node:fs';

/**
 * Writes lines to standard output or error, and goes on where one can't be written: a full disk takes a line, never the
 * process. What was written in part is ended, so that the next line is a line again.
 */
export function lineWriter(descriptor: 1 | 2): (line: string) => void {
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  if (!isFile(descriptor)) return (line) => void stream.write(`${line}\n`);
  // Node's stream of a file is closed for good by the first write that fails.
  let isWithin = false;
  return (line) => {
    const bytes = Buffer.from(isWithin ? `\n${line}\n` : `${line}\n`);
    try {
      isWithin = writeSync(descriptor, bytes) < bytes.length;
    } catch {
      // There is no other place to say it.
    }
  };
}

/** Lets a process go on that prints where nothing can be written any more, such as to a full disk. */
export function goOnUnheard(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
