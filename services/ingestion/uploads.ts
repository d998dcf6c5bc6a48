import type {Kysely} from 'kysely';
import {type CloudEvent, decode, encodeStructured} from '#kit';
import type {IngestionTables} from './tables.ts';

/** The event that an upload's key stands for already; undefined when it is new. */
export async function earlierUpload(
  database: Kysely<IngestionTables>,
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
  database: Kysely<IngestionTables>,
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
