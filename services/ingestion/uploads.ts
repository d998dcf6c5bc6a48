import type {Kysely} from 'kysely';
import {type CloudEvent, decode, encodeStructured, migrations} from '#kit';

/** Uploads that came with an `Idempotency-Key`: what each key stands for. */
export interface UploadTables {
  uploads: {
    document_id: string;
    /** Of the document's bytes. */
    sha256: string;
    /** The event that said it was received, in structured mode: a repeat is the same bytes. */
    event: Uint8Array;
    created_at: string;
  };
}

export const uploadTables = migrations<UploadTables>(
  {
    '1-uploads': async (database, {bytes}) => {
      await database.schema
        .createTable('uploads')
        .addColumn('document_id', 'text', (column) => column.primaryKey())
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('event', bytes, (column) => column.notNull())
        .addColumn('created_at', 'text', (column) => column.notNull())
        .execute();
    },
  },
  {
    uploads: {
      // Made of a hash of the key and of whose it is.
      document_id: 'hash',
      sha256: 'hash',
      event: {event: 'It is a `document.received`, which holds no words by its contract.'},
      created_at: 'time',
    },
  },
);

/** The event that an upload's key stands for already; undefined when it is new. */
export async function earlierUpload(
  database: Kysely<UploadTables>,
  documentId: string,
): Promise<CloudEvent | undefined> {
  const upload = await database
    .selectFrom('uploads')
    .select('event')
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return upload && decode({'content-type': 'application/cloudevents+json'}, Buffer.from(upload.event));
}

/** Keeps what a key stands for. */
export async function keepUpload(
  database: Kysely<UploadTables>,
  upload: {documentId: string; sha256: string; event: CloudEvent},
): Promise<void> {
  const {documentId, sha256, event} = upload;
  await database
    .insertInto('uploads')
    .values({
      document_id: documentId,
      sha256,
      event: encodeStructured(event).body,
      created_at: new Date().toISOString(),
    })
    .execute();
}
