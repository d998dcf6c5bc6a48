import type {Verdict} from '../flow/verdict.ts';

/** How a trial ended. */
export type Outcome = 'ok' | 'FAILED' | 'SKIPPED';

const mostFaults = 10;

/** Prints the claims with what speaks against them, and the figures. Returns whether all claims held. */
export function printVerdict({claims, figures}: Verdict): boolean {
  for (const {claim, faults} of claims) {
    process.stdout.write(`  ${faults.length === 0 ? 'ok    ' : 'FAILED'}   ${claim}\n`);
    for (const fault of faults.slice(0, mostFaults)) process.stdout.write(`             ${fault}\n`);
    if (faults.length > mostFaults) process.stdout.write(`             … ${faults.length} in all\n`);
  }
  for (const [name, value] of Object.entries(figures))
    process.stdout.write(`  ${String(value).padStart(6)}   ${name}\n`);
  return claims.every(({faults}) => faults.length === 0);
}

/** Prints one line for each trial. */
export function printSummary(held: ReadonlyMap<string, Outcome>): void {
  process.stdout.write('\n');
  for (const [name, outcome] of held) process.stdout.write(`${outcome.padEnd(7)}  ${name}\n`);
}
