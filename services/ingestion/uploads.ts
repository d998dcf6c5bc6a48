import type {Kysely} from 'kysely';
import {migrations} from '#kit';

/** Uploads that came with an `Idempotency-Key`: what each key stands for. */
export interface UploadTables {
  uploads: {
    document_id: string;
    /** Of the document's bytes. */
    sha256: string;
    /** The event that said it was received, in structured mode: a repeat publishes the same bytes. */
    event: Uint8Array;
    created_at: string;
  };
}

export const uploadTables = migrations<UploadTables>({
  '1-uploads': async (database, {bytes}) => {
    await database.schema
      .createTable('uploads')
      .addColumn('document_id', 'text', (column) => column.primaryKey())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('event', bytes, (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute();
  },
});

/** Claims a key for an upload; where it stands for one already, that one is returned. */
export async function claim(
  database: Kysely<UploadTables>,
  upload: UploadTables['uploads'],
): Promise<{sha256: string; event: Uint8Array}> {
  await database
    .insertInto('uploads')
    .values(upload)
    .onConflict((conflict) => conflict.column('document_id').doNothing())
    .execute();
  return database
    .selectFrom('uploads')
    .select(['sha256', 'event'])
    .where('document_id', '=', upload.document_id)
    .executeTakeFirstOrThrow();
}
