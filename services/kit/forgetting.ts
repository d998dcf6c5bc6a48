import {setTimeout as wait} from 'node:timers/promises';
import {type Kysely, type RawBuilder, sql} from 'kysely';
import {oldestKept} from './oldest-kept.ts';
import type {Nothing} from './reach.ts';

/** Rows forgotten at a time: some milliseconds, and far below the time that a statement has. */
const usualBatch = 1_000;

/** A table whose old rows are forgotten. */
export interface Forgettable {
  /** For people. */
  readonly what: string;
  /** Deletes at most so many rows that are older. */
  readonly forget: (oldest: string, batch: number) => RawBuilder<unknown>;
}

/** Replies to events that can't come again. */
export const oldReplies: Forgettable = {
  what: 'replies',
  forget: (oldest, batch) => sql`delete from replies where (source, id) in (
    select source, id from replies where stored_at < ${oldest} order by stored_at limit ${batch})`,
};

/** What front doors have said, once the broker has had it for as long; what it has not is never forgotten. */
export const oldSaid: Forgettable = {
  what: 'events said',
  forget: (oldest, batch) => sql`delete from said where (type, key) in (
    select type, key from said where confirmed_at < ${oldest} order by confirmed_at limit ${batch})`,
};

/** Forgets the old rows of a table, so that it does not grow for ever. */
export async function forgetOld(
  database: Kysely<Nothing>,
  {forget}: Forgettable,
  now: Date,
  {batch = usualBatch, signal}: {batch?: number; signal?: AbortSignal} = {},
): Promise<void> {
  for (let forgotten = batch; forgotten === batch && signal?.aborted !== true; ) {
    const {numAffectedRows} = await forget(oldestKept(now), batch).execute(database);
    forgotten = Number(numAffectedRows ?? 0);
    // SQLite's work is done before a promise of it is there: whoever else waits comes first.
    await wait(1);
  }
}
