/** What tells whether somebody is to be answered. */
export interface Writer {
  /** What kind of machine wrote it; null: a person. */
  readonly machine: string | null;
  readonly signals: readonly string[];
}

/**
 * Why a document ends here without an answer, or undefined where it goes on. Machines are not answered. One kind of mail
 * only looks as if: what people write into a form on a website is sent by a program that calls its mail automatic. So
 * where that tells of somebody at risk, it goes on.
 */
export function closedFor({machine, signals}: Writer): string | undefined {
  if (machine === null || (machine === 'automatic' && signals.length > 0)) return undefined;
  return machine;
}
