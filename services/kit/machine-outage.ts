import {Defer, messageOf} from './errors.ts';

/**
 * The machine can't do it now: its disk is full or fails, or it lets no more files be opened. No event is to blame, and
 * what is put off goes through once somebody has made room.
 */
export class MachineOutage extends Defer {
  constructor(message: string, options: ErrorOptions) {
    super(message, {...options, retryAfter: 5});
  }
}

/** What a machine says when it has run out of something or its disk fails, and never for what a document holds (errno(3)). */
const codes = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE']);

/**
 * What was thrown, as an outage of the machine where it is one; anything else stays as it is. A cause counts: libraries
 * wrap what the system has said.
 */
export function machineOutageOf(error: unknown): unknown {
  if (error instanceof Defer || !isOfMachine(error)) return error;
  return new MachineOutage(`The machine can't do it now: ${messageOf(error)}.`, {cause: error});
}

/** Whether an error, or what caused it, is the machine's. */
export function isOfMachine(error: unknown): boolean {
  const most = 5;
  let cause = error;
  for (let depth = 0; depth < most && cause instanceof Error; depth++, cause = cause.cause)
    if (cause instanceof MachineOutage || codes.has(codeOf(cause))) return true;
  return false;
}

/** The code of a refused system call, such as `ENOENT`; empty where an error is of another kind. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
