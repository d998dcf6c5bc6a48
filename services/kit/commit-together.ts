import type {Kysely, Transaction} from 'kysely';

/** Makes a change to the tables in a transaction; it is on the disk when the promise resolves. */
export type Commit<Tables> = <Result>(
  change: (transaction: Transaction<Tables>) => Promise<Result>,
) => Promise<Result>;

interface Waiting<Tables> {
  run: (transaction: Transaction<Tables>) => Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets changes that come at the same time share one transaction, and so one flush of the disk, which is most of
 * what a change costs. Where one of them fails, each is made by itself, so that none fails for another's fault.
 */
export function commitTogether<Tables>(database: Kysely<Tables>): Commit<Tables> {
  let waiting: Waiting<Tables>[] = [];
  let isCommitting = false;

  async function commitWaiting(): Promise<void> {
    if (isCommitting) return;
    isCommitting = true;
    // One turn of the event loop, so that what came in together is there together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await commitGroup(database, group);
    }
    isCommitting = false;
  }

  return (change) =>
    new Promise((resolve, reject) => {
      let settle = () => {};
      const run = async (transaction: Transaction<Tables>) => {
        const result = await change(transaction);
        settle = () => resolve(result);
      };
      waiting.push({run, resolve: () => settle(), reject});
      void commitWaiting();
    });
}

async function commitGroup<Tables>(
  database: Kysely<Tables>,
  group: readonly Waiting<Tables>[],
): Promise<void> {
  try {
    await database.transaction().execute(async (transaction) => {
      for (const {run} of group) await run(transaction);
    });
  } catch (error) {
    const [only, ...others] = group;
    if (others.length === 0) return only?.reject(error);
    for (const one of group) await commitGroup(database, [one]);
    return;
  }
  for (const {resolve} of group) resolve();
}
