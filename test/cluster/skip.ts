import type {ExecutionContext} from 'ava';

/** Says loudly that a test could not run here; on continuous integration that is a failure. */
export function skip(t: ExecutionContext, reason: string): undefined {
  console.error(`SKIPPED: ${reason}`);
  t.falsy(process.env['CI'], reason);
  return undefined;
}
