import {setTimeout as wait} from 'node:timers/promises';
import type {Kysely} from 'kysely';
import type {IngestionTables} from '../tables.ts';

/** For how long it is remembered what a document says: who writes the same later asks again. */
const days = 30;
const usualBatch = 500;

/** Forgets what older documents are compared by. */
export async function forgetTexts(
  database: Kysely<IngestionTables>,
  now: Date,
  {batch = usualBatch, signal}: {batch?: number; signal?: AbortSignal} = {},
): Promise<void> {
  const oldest = new Date(now.getTime() - days * 86_400_000).toISOString();
  for (let forgotten = batch; forgotten === batch && signal?.aborted !== true; ) {
    const old = await database
      .selectFrom('texts')
      .select('position')
      .where('kept_at', '<', oldest)
      .orderBy('position')
      .limit(batch)
      .execute();
    const positions = old.map(({position}) => position);
    forgotten = positions.length;
    if (forgotten === 0) return;
    await database.deleteFrom('bands').where('text', 'in', positions).execute();
    await database.deleteFrom('texts').where('position', 'in', positions).execute();
    // SQLite's work is done before a promise of it is there: whoever else waits comes first.
    await wait(1);
  }
}
