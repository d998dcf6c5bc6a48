import type {Generated} from 'kysely';
import {migrations} from '#kit';

/** What ingestion keeps. */
export interface IngestionTables {
  /** Uploads that came with an `Idempotency-Key`: what each key stands for. */
  uploads: {
    document_id: string;
    /** Of the document's bytes. */
    sha256: string;
    /** The event that said it was received, in structured mode: a repeat is the same bytes. */
    event: Uint8Array;
    created_at: string;
  };
  /** What this installation hashes whatever people wrote with, in hexadecimal. */
  keys: {name: string; key: string; made_at: string};
  /** The first document of each case, by the case's number. */
  cases: {number: string; document_id: string};
  /** The case that a mail belongs to, by a keyed hash of the mail's id; null: it was only named, and has not come itself. */
  mails: {mail: string; document_id: string; own_document_id: string | null};
  /** Who has written or was written to in a case: keyed hashes of addresses. */
  people: {document_id: string; person: string};
  /** What documents of the last days are compared by, all of it keyed hashes; null where one has too few words. */
  texts: {
    position: Generated<number>;
    document_id: string;
    bytes: string;
    sender: string | null;
    words: string | null;
    particulars: string | null;
    /** In hexadecimal, eight digits each. */
    marks: string | null;
    kept_at: string;
  };
  /** By which those that are nearly the same are found: positions of texts. */
  bands: {band: string; text: number};
}

export const ingestionTables = migrations<IngestionTables>(
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
    '2-cases': async (database, {keyed}) => {
      await database.schema
        .createTable('keys')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('made_at', 'text', (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('cases')
        .addColumn('number', 'text', (column) => column.primaryKey())
        .addColumn('document_id', 'text', (column) => column.notNull())
        .modifyEnd(keyed)
        .execute();
      await database.schema
        .createTable('mails')
        .addColumn('mail', 'text', (column) => column.primaryKey())
        .addColumn('document_id', 'text', (column) => column.notNull())
        .addColumn('own_document_id', 'text')
        .execute();
      await database.schema.createIndex('mails_document').on('mails').column('document_id').execute();
      await database.schema
        .createTable('people')
        .addColumn('document_id', 'text', (column) => column.notNull())
        .addColumn('person', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('people_key', ['document_id', 'person'])
        .modifyEnd(keyed)
        .execute();
    },
    '3-texts': async (database, {position, keyed}) => {
      const [count] = position;
      await database.schema
        .createTable('texts')
        .addColumn('position', ...position)
        .addColumn('document_id', 'text', (column) => column.notNull().unique())
        .addColumn('bytes', 'text', (column) => column.notNull())
        .addColumn('sender', 'text')
        .addColumn('words', 'text')
        .addColumn('particulars', 'text')
        .addColumn('marks', 'text')
        .addColumn('kept_at', 'text', (column) => column.notNull())
        .execute();
      for (const column of ['bytes', 'words', 'kept_at'] as const)
        await database.schema.createIndex(`texts_${column}`).on('texts').column(column).execute();
      await database.schema
        .createTable('bands')
        .addColumn('band', 'text', (column) => column.notNull())
        .addColumn('text', count, (column) => column.notNull())
        .addPrimaryKeyConstraint('bands_key', ['band', 'text'])
        .modifyEnd(keyed)
        .execute();
      await database.schema.createIndex('bands_text').on('bands').column('text').execute();
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
    keys: {name: 'name', key: 'secret', made_at: 'time'},
    cases: {number: 'id', document_id: 'id'},
    mails: {mail: 'hash', document_id: 'id', own_document_id: 'id'},
    people: {document_id: 'id', person: 'hash'},
    texts: {
      position: 'number',
      document_id: 'id',
      bytes: 'hash',
      sender: 'hash',
      words: 'hash',
      particulars: 'hash',
      marks: 'hash',
      kept_at: 'time',
    },
    bands: {band: 'hash', text: 'number'},
  },
);
