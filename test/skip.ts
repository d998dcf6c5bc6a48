/** What runs where not everything can: a test, or a trial that is run by hand. */
export interface Skippable {
  timeout(ms: number, message?: string): void;
  falsy(value: unknown, message?: string): boolean;
}

/** Says loudly that a test could not run here; on continuous integration that is a failure. */
export function skip(t: Skippable, reason: string): undefined {
  console.error(`SKIPPED: ${reason}`);
  t.falsy(process.env['CI'], reason);
  return undefined;
}
