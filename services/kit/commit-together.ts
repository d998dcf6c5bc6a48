import type {Kysely, Transaction} from 'kysely';
import {Outage} from './database/outage.ts';
import {transact} from './database/transact.ts';
import {isOfMachine} from './machine-outage.ts';

/** Something to do once a change is kept for good, and not where it was undone. */
export type After = (effect: () => void) => void;

/**
 * Makes a change to the tables in a transaction; it is on the disk when the promise resolves. A change may be made
 * several times until it is kept, so it changes nothing but the tables; all else it hands to `after`.
 */
export type Commit<Tables> = <Result>(
  change: (transaction: Transaction<Tables>, after: After) => Promise<Result>,
) => Promise<Result>;

interface Waiting<Tables> {
  run: (transaction: Transaction<Tables>) => Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Changes that share a transaction at most. The service's other processes wait for it, and give up after 10 s: that
 * is what 200 changes can take in each of four of them, where every statement has 5 ms of way.
 */
const mostTogether = 64;

/**
 * Lets changes that come at the same time share one transaction, and so one flush of the disk, which is most of
 * what a change costs. Where one of them fails, each is made by itself, so that none fails for another's fault.
 */
export function commitTogether<Tables>(database: Kysely<Tables>): Commit<Tables> {
  const waiting: Waiting<Tables>[] = [];
  let isCommitting = false;

  async function commitWaiting(): Promise<void> {
    if (isCommitting) return;
    isCommitting = true;
    // One turn of the event loop, so that what came in together is there together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      await commitGroup(database, waiting.splice(0, mostTogether));
    }
    isCommitting = false;
  }

  return async (change) => {
    const kept = Promise.withResolvers<() => Awaited<ReturnType<typeof change>>>();
    let settle = () => {};
    const run = async (transaction: Transaction<Tables>) => {
      // What an attempt that was undone has asked for is forgotten with it.
      const effects: (() => void)[] = [];
      const result = await change(transaction, (effect) => void effects.push(effect));
      settle = () =>
        kept.resolve(() => {
          for (const effect of effects) effect();
          return result;
        });
    };
    waiting.push({run, resolve: () => settle(), reject: kept.reject});
    void commitWaiting();
    const end = await kept.promise;
    return end();
  };
}

async function commitGroup<Tables>(
  database: Kysely<Tables>,
  group: readonly Waiting<Tables>[],
): Promise<void> {
  try {
    await transact(database, async (transaction) => {
      for (const {run} of group) await run(transaction);
    });
  } catch (error) {
    // An outage is nobody's fault, and each would wait for it once more.
    if (group.length === 1 || error instanceof Outage || isOfMachine(error))
      for (const {reject} of group) reject(error);
    else for (const one of group) await commitGroup(database, [one]);
    return;
  }
  for (const {resolve} of group) resolve();
}
