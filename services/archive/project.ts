import {setTimeout as wait} from 'node:timers/promises';
import type {Kysely, Selectable, Transaction} from 'kysely';
import {foldedTypes, foldVersion, statusOf} from './document.ts';
import {latestFactsOf} from './facts.ts';
import type {ArchiveTables} from './tables.ts';

/** Keeps how a document stands by its facts, for whoever looks for documents. */
export async function project(transaction: Transaction<ArchiveTables>, documentId: string): Promise<void> {
  const facts = await latestFactsOf(transaction, documentId, {types: foldedTypes, limit: mostFolded});
  const status = statusOf(facts);
  if (status === undefined) {
    // Another fold may have seen a document where this one sees none.
    await transaction.deleteFrom('documents').where('document_id', '=', documentId).execute();
    return;
  }
  const found = {status, fold: foldVersion, folded: status};
  await transaction
    .insertInto('documents')
    .values({document_id: documentId, ...found})
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet(found))
    .execute();
}

/**
 * Facts that are looked at whenever one more comes, so that a document of very many costs in proportion to them. Most have
 * five; whoever sends a hundred to the Broker could as well say how it ended.
 */
const mostFolded = 100;

/** Documents looked at in one go, and found out anew in one transaction where they have to be: some milliseconds. */
const usualBatch = 50;

/**
 * Finds out anew how documents stand that an older fold has found out. Those of a newer one stay, as replicas of two
 * versions run side by side during a rollout; and so it is done again every hour, as an older one may have come last.
 */
export async function projectAnew(
  database: Kysely<ArchiveTables>,
  {batch = usualBatch, signal}: {batch?: number; signal?: AbortSignal} = {},
): Promise<void> {
  for (let after = 0; signal?.aborted !== true; ) {
    const rows = await database
      .selectFrom('documents')
      .selectAll()
      .where('position', '>', after)
      .orderBy('position')
      .limit(batch)
      .execute();
    const old = rows.filter(isOld).map((row) => row.document_id);
    if (old.length > 0)
      await database.transaction().execute(async (transaction) => {
        for (const id of old) await project(transaction, id);
      });
    if (rows.length < batch) return;
    after = rows.at(-1)?.position ?? after;
    // SQLite's work is done before a promise of it is there: whoever else waits comes first.
    await wait(1);
  }
}

function isOld({fold, folded, status}: Selectable<ArchiveTables['documents']>): boolean {
  return fold < foldVersion || (fold === foldVersion && folded !== status);
}
