import {rm} from 'node:fs/promises';
import type {ExecutionContext} from 'ava';
import type {Claim} from './claims.ts';

/** What came of a trial: what was claimed, and what was counted. */
export interface Verdict {
  readonly claims: readonly Claim[];
  readonly figures: Readonly<Record<string, number>>;
}

/** Where a trial runs, and whom it tells. */
export interface Trial {
  /** An empty folder, which the trial leaves full. */
  readonly folder: string;
  /** Ends what the trial has started, called when all is over, however it ended. */
  readonly atEnd: (end: () => Promise<unknown> | unknown) => void;
  /** Told of each step, for whoever watches. */
  readonly say: (sentence: string) => void;
}

/** The trial of a test: its folder goes with the test. */
export function trialOf(t: ExecutionContext, folder: string): Trial {
  t.teardown(() => rm(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 100}));
  return {
    folder,
    atEnd: (end) => t.teardown(async () => void (await end())),
    say: (sentence) => t.log(sentence),
  };
}

/** Holds a test to the claims of a verdict. */
export function hold(t: ExecutionContext, {claims, figures}: Verdict): void {
  t.log(figures);
  for (const {claim, faults} of claims) t.deepEqual(faults, [], claim);
}
