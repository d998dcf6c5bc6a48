import {migrations} from '#kit';

export interface LetterTables {
  /** Events that a trigger gave up, each with why. */
  letters: {
    /** The id of the `deadletter.kept` that tells of it. */
    letter_id: string;
    document_id: string | null;
    source: string;
    id: string;
    type: string;
    trigger_name: string | null;
    code: number | null;
    destination: string | null;
    /** What the subscriber said. */
    message: string | null;
    /** The event as it came here, in structured mode. */
    event: Uint8Array;
    kept_at: string;
  };
}

export const letterTables = migrations<LetterTables>({
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
});
