import type {Kysely} from 'kysely';
import {underWay} from '#events';
import type {Gauge} from '#kit';
import {tell} from './document.ts';
import {factsOf} from './facts.ts';
import type {Kept} from './kept.ts';
import type {ArchiveTables} from './tables.ts';

/** As DIP's alert rules have it. */
const stuckSeconds = 900;

/** For how long the oldest document that has not ended has been under way: what nobody notices grows here. */
export const oldestUnfinished: Gauge<ArchiveTables, Kept> = {
  name: 'dip.documents.oldest_unfinished',
  unit: 's',
  description: 'Time since the oldest document that has not ended was received; 0 when all have ended.',
  async read({database, log}, now) {
    const oldest = await database
      .selectFrom('documents')
      .select('document_id')
      .where('status', 'in', underWay)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    if (oldest === undefined) return 0;
    const since = await beginOf(database, oldest.document_id);
    const seconds = Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
    // Named here and not by an attribute: each document that was ever the oldest would be a series of its own for ever.
    if (seconds > stuckSeconds)
      log('warn', 'The oldest document in work may be stuck; see dip doc list --in-work-longer-than 15m.', {
        document: oldest.document_id,
        seconds: Math.round(seconds),
      });
    return seconds;
  },
};

/** When it was received; where that is not known, as of an event sent by hand, when the archive first heard of it. */
async function beginOf(database: Kysely<ArchiveTables>, documentId: string): Promise<string> {
  const {receivedAt} = tell(await factsOf(database, documentId));
  if (receivedAt !== undefined) return receivedAt;
  const first = await database
    .selectFrom('facts')
    .select('kept_at')
    .where('subject', '=', documentId)
    .orderBy('position')
    .limit(1)
    .executeTakeFirstOrThrow();
  return first.kept_at;
}

/** How many documents are under way. */
export const unfinished: Gauge<ArchiveTables, Kept> = {
  name: 'dip.documents.unfinished',
  unit: '{document}',
  description: 'Number of documents that have not ended.',
  async read({database}) {
    const {count} = await database
      .selectFrom('documents')
      .select(({fn}) => fn.countAll().as('count'))
      .where('status', 'in', underWay)
      .executeTakeFirstOrThrow();
    return Number(count);
  },
};
