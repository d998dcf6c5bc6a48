import {migrations} from '#kit';

export interface LetterTables {
  /** Events that a trigger gave up. All words about them, and the events themselves, are blobs that the rows name. */
  letters: {
    /** The id of the `deadletter.kept` that tells of it. */
    letter_id: string;
    document_id: string | null;
    /** Of the event, as the fact has them. */
    source: string;
    id: string;
    type: string;
    trigger_name: string | null;
    code: number | null;
    /** Words by DIP 0.1, until they are moved into blobs. */
    destination: string | null;
    message: string | null;
    /** The event by DIP 0.1, until it is moved; else no bytes. */
    event: Uint8Array;
    kept_at: string;
    /** The name of a `Cause`. */
    cause: string | null;
    /** The name of the event as it came, in structured mode. Null: all is still here, as DIP 0.1 kept it. */
    content: string | null;
  };
}

export const letterTables = migrations<LetterTables>(
  {
    '1-letters': async (database, {bytes}) => {
      await database.schema
        .createTable('letters')
        .addColumn('letter_id', 'text', (column) => column.primaryKey())
        .addColumn('document_id', 'text')
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('trigger_name', 'text')
        .addColumn('code', 'integer')
        .addColumn('destination', 'text')
        .addColumn('message', 'text')
        .addColumn('event', bytes, (column) => column.notNull())
        .addColumn('kept_at', 'text', (column) => column.notNull())
        .execute();
      await database.schema.createIndex('letters_document').on('letters').column('document_id').execute();
      await database.schema.createIndex('letters_kept').on('letters').column('kept_at').execute();
    },
    // What is there already is moved beside the work, as a step reaches no blobs: `move-words.ts`.
    '2-words-in-blobs': async (database) => {
      for (const column of ['cause', 'content'])
        await database.schema.alterTable('letters').addColumn(column, 'text').execute();
    },
  },
  {
    letters: {
      letter_id: 'id',
      document_id: 'id',
      source: 'attribute',
      id: 'attribute',
      type: 'attribute',
      trigger_name: 'name',
      code: 'number',
      destination: 'emptied',
      message: 'emptied',
      event: 'emptied',
      kept_at: 'time',
      cause: 'reference',
      content: 'reference',
    },
  },
);
