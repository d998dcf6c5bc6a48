import type {Snapshot} from './snapshot.ts';

/** How something stands: `wrong` does not work or will not, `warn` works and may surprise, `skipped` could not be seen. */
export type Standing = 'ok' | 'warn' | 'wrong' | 'skipped';

/** What a check has found. */
export interface Finding {
  readonly standing: Standing;
  /** What it is about, such as `Trigger all-to-archive`. */
  readonly subject?: string;
  /** One sentence, or a few. */
  readonly sentence: string;
  /** What to do about it: a sentence or a command. */
  readonly next?: string;
}

/** One thing that is looked at. It reads nothing by itself, so that the same cluster gives the same findings. */
export interface Check {
  /** One word or two with a dash, for the table and for scripts. */
  readonly name: string;
  /** What it looks at, as the help and the docs say it. */
  readonly about: string;
  examine(snapshot: Snapshot): Finding[];
}

/** A finding with the name of the check that made it. */
export interface NamedFinding extends Finding {
  readonly check: string;
}

/** The finding where a right is missing to see. */
export function skippedFor(right: string): Finding {
  return {
    standing: 'skipped',
    sentence: `You may not ${right}, so this was not looked at.`,
    next: 'Ask for that right: docs/doctor.md says which role gives it.',
  };
}
