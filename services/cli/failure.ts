/** What the exit code of `dip` says. */
export const exit = {
  ok: 0,
  error: 1,
  usage: 2,
  notFound: 3,
  checkFailed: 4,
  partial: 5,
} as const;

/** Something that a command can't do, as a sentence for the person who asked; anything else thrown is a bug. */
export class Failure extends Error {
  readonly exitCode: number;

  /** @param message one or more whole sentences, shown as they are */
  constructor(message: string, exitCode: number = exit.error, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Failure';
    this.exitCode = exitCode;
  }
}

/** The command was not written as it has to be. */
export function misused(message: string): Failure {
  return new Failure(message, exit.usage);
}

/** The thing asked for does not exist. */
export function notFound(message: string): Failure {
  return new Failure(message, exit.notFound);
}

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
