/** A document as far as it tells who wrote it, and the name that its writer is to be greeted by. */
export interface WrittenSender {
  /** In the mail. (Default: none) */
  readonly name?: string;
  readonly address?: string;
  /** (Default: a letter that is not signed) */
  readonly text?: string;
  /** Undefined: a greeting without a name. */
  readonly greeted: string | undefined;
}
