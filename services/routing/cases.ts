import type {Transaction} from 'kysely';
import {migrations} from '#kit';

/** What routing remembers of cases. */
export interface RoutingTables {
  /** The queue that each case lies in, by its first document. */
  cases: {document_id: string; queue: string; decided_at: string};
}

export const routingTables = migrations<RoutingTables>(
  {
    '1-cases': async (database, {keyed}) => {
      await database.schema
        .createTable('cases')
        .addColumn('document_id', 'text', (column) => column.primaryKey())
        .addColumn('queue', 'text', (column) => column.notNull())
        .addColumn('decided_at', 'text', (column) => column.notNull())
        .modifyEnd(keyed)
        .execute();
    },
  },
  {cases: {document_id: 'id', queue: 'name', decided_at: 'time'}},
);

/** Where a case lies; undefined where nothing was decided about it yet. */
export async function queueOf(
  transaction: Transaction<RoutingTables>,
  documentId: string,
): Promise<string | undefined> {
  const found = await transaction
    .selectFrom('cases')
    .select('queue')
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return found?.queue;
}

/** Remembers where a case lies now. */
export async function keepQueue(
  transaction: Transaction<RoutingTables>,
  {documentId, queue}: {documentId: string; queue: string},
  now: Date,
): Promise<void> {
  const found = {queue, decided_at: now.toISOString()};
  await transaction
    .insertInto('cases')
    .values({document_id: documentId, ...found})
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet(found))
    .execute();
}
