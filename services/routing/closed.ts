/** What tells whether somebody is to be answered. */
export interface Writer {
  /** What kind of machine wrote it; null: a person. */
  readonly machine: string | null;
  readonly signals: readonly string[];
  /** The document of the same sender that says the same already. */
  readonly double: string | null;
}

/**
 * Why a document ends here without an answer, or undefined where it goes on. Machines are not answered, nor
 * is who says the same twice. One kind of mail only looks as if: what people write into a form on a website is sent by a
 * program that calls its mail automatic. So where that tells of somebody at risk, it goes on; and so does what they say
 * again.
 */
export function closedFor({machine, signals, double}: Writer): string | undefined {
  const isAtRisk = signals.length > 0;
  if (machine !== null && !(machine === 'automatic' && isAtRisk)) return machine;
  return double === null || isAtRisk ? undefined : 'double';
}
