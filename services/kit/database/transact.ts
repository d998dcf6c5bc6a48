import {setTimeout as wait} from 'node:timers/promises';
import type {Kysely, Transaction} from 'kysely';
import {Outage} from './outage.ts';

/** The longest waits before the second, third … attempt, in milliseconds. Each is random, so that two do not meet again. */
const longestWaits = [20, 40, 80, 160, 320];

/**
 * Runs a change in a transaction, and runs it again where another transaction was in its way. Our own never are, as
 * they go one after the other; whoever else works on the tables may be.
 *
 * @throws Outage when the database server is away, or others are in the way each time.
 */
export async function transact<Tables, Result>(
  database: Kysely<Tables>,
  change: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (const longestMs of longestWaits) {
    try {
      return await database.transaction().execute(change);
    } catch (error) {
      if (!(error instanceof Outage) || error.kind !== 'conflict') throw error;
    }
    await wait(Math.random() * longestMs);
  }
  return database.transaction().execute(change);
}
