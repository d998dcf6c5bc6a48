import type {Harm} from './harms.ts';

/** Harms that are done one after the other while documents go in, evenly spread over them. */
export interface Harming {
  /** Begins what is due when so many documents were begun; it takes its time beside them. */
  after(begun: number): void;
  /** Ends when all that was due is done; says what could not be done, and why. */
  done(): Promise<readonly string[]>;
}

export function harming(
  plan: readonly Harm[],
  documents: number,
  say: (sentence: string) => unknown,
): Harming {
  const missed: string[] = [];
  const share = documents / (plan.length + 1);
  let turn: Promise<void> = Promise.resolve();
  return {
    after(begun) {
      const harm = plan.find((_, index) => begun === Math.floor((index + 1) * share));
      if (harm === undefined) return;
      turn = turn
        .then(() => harm.run())
        .then(
          () => void say(harm.name),
          (error: unknown) => void missed.push(`${harm.name}: ${error}`),
        );
    },
    done: () => turn.then(() => missed),
  };
}
