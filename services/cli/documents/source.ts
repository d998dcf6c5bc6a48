import {openAsBlob} from 'node:fs';
import {access, constants, stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {Failure, messageOf} from '../failure.ts';
import type {Terminal} from '../terminal.ts';

/** Something to send in: a file, or what came on standard input. */
export interface Source {
  /** As it is shown: its path, or `-`. */
  readonly file: string;
  /** What DIP is told it is called. */
  readonly filename: string;
  /** What it was said to be; undefined: what its name lets one guess. */
  readonly contentType?: string | undefined;
  /**
   * Its bytes, as they are at this moment.
   *
   * @throws Failure when there is no such file, or it can't be read
   */
  open(): Promise<Blob>;
}

/** A file by its path. */
export function fileSource(file: string): Source {
  return {
    file,
    filename: basename(file),
    async open() {
      await checkFile(file);
      return openAsBlob(file).catch((error: unknown) => {
        throw new Failure(`${file} can not be read: ${messageOf(error)}.`, undefined, {cause: error});
      });
    },
  };
}

/** What can't be sent, with why. */
export function faultySource(file: string, fault: string): Source {
  return {
    file,
    filename: basename(file),
    async open() {
      throw new Failure(fault);
    },
  };
}

/** More than any DIP takes; it keeps a stream without end from filling the memory. */
const mostStdinBytes = 256 * 1024 * 1024;

/**
 * What comes on standard input, read to its end.
 *
 * @throws Failure when there is more of it than 256 MiB, or it can't be read
 * @throws the signal's reason when it is aborted
 */
export async function stdinSource(
  {filename, contentType}: Pick<Source, 'filename' | 'contentType'>,
  {signal}: Pick<Terminal, 'signal'>,
): Promise<Source> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const leave = () => process.stdin.destroy(new Error('interrupted'));
  signal.addEventListener('abort', leave, {once: true});
  try {
    for await (const chunk of process.stdin) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > mostStdinBytes) throw new Failure('Stdin is larger than 256 MiB: that is no document.');
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure(`Stdin can not be read: ${messageOf(error)}.`, undefined, {cause: error});
  } finally {
    signal.removeEventListener('abort', leave);
  }
  const content = new Blob(chunks.map((chunk) => new Uint8Array(chunk)));
  return {file: '-', filename, contentType, open: async () => content};
}

async function checkFile(file: string): Promise<void> {
  const why = await fileFault(file).catch((error: NodeJS.ErrnoException) => whyNot(file, error));
  if (why !== undefined) throw new Failure(why);
}

/** Why a path can't be read, as a sentence. */
export function whyNot(file: string, {code, message}: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file ${file}.`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} can not be read: you may not (${code}).`;
  return `${file} can not be read (${code ?? message}).`;
}

async function fileFault(file: string): Promise<string | undefined> {
  const found = await stat(file);
  if (!found.isFile()) return `${file} is not a file that can be read twice; save it first.`;
  await access(file, constants.R_OK);
  return undefined;
}
