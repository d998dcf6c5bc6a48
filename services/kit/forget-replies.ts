import {setTimeout as wait} from 'node:timers/promises';
import {type Kysely, sql} from 'kysely';
import {messageOf} from './errors.ts';
import type {Log} from './log.ts';
import type {Nothing} from './reach.ts';

/** Longer than any broker keeps an event and could deliver it again: DIP's own keep it 7 days. */
const keptDays = 30;

/** As replies grow old while a process runs, and most processes do not run that long. */
const everyMs = 3_600_000;

/** Replies forgotten at a time: some milliseconds, and far below the time that a statement has. */
const usualBatch = 1_000;

/**
 * Forgets old replies from now on, beside the service's work: a start does not wait for it, and where it fails
 * nothing is lost but room. The result ends it.
 */
export function beginForgetting(database: Kysely<Nothing>, log: Log): () => Promise<void> {
  const end = new AbortController();
  const {signal} = end;
  const run = async () => {
    while (!signal.aborted) {
      await forgetOldReplies(database, new Date(), {signal}).catch((error: unknown) =>
        log('warn', `Old replies are not forgotten: ${messageOf(error)}`),
      );
      await wait(everyMs, undefined, {ref: false, signal}).catch(() => {});
    }
  };
  const running = run();
  return () => {
    end.abort();
    return running;
  };
}

/** Forgets replies to events that can't come again, so that the table does not grow for ever. */
export async function forgetOldReplies(
  database: Kysely<Nothing>,
  now: Date,
  {batch = usualBatch, signal}: {batch?: number; signal?: AbortSignal} = {},
): Promise<void> {
  const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString();
  for (let forgotten = batch; forgotten === batch && signal?.aborted !== true; ) {
    const {numAffectedRows} = await sql`delete from replies where (source, id) in (
      select source, id from replies where stored_at < ${oldest} order by stored_at limit ${batch})`.execute(
      database,
    );
    forgotten = Number(numAffectedRows ?? 0);
    // SQLite's work is done before a promise of it is there: whoever else waits comes first.
    await wait(1);
  }
}
