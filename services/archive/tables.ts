import type {Generated} from 'kysely';
import {migrations} from '#kit';

export interface ArchiveTables {
  /** Every event, once, in order of arrival. What it is looked up by stands there as `keyText` has it. */
  facts: {
    position: Generated<number>;
    source: string;
    id: string;
    type: string;
    /** Null: the event has none. */
    subject: string | null;
    /** Of its content, less what brokers add and rewrite. */
    hash: string;
    /** The event in structured mode. */
    event: Uint8Array;
    kept_at: string;
  };
  /** Events whose id was known already, with other content: somebody broke a promise. */
  alarms: {
    position: Generated<number>;
    source: string;
    id: string;
    /** The content that came second. */
    hash: string;
    event: Uint8Array;
    raised_at: string;
  };
  /** How each document stands, to find them by: derived from its facts whenever one comes. */
  documents: {
    position: Generated<number>;
    document_id: string;
    status: string;
    /** The version of the fold that found the status out. */
    fold: Generated<number>;
    /**
     * The status that this version found out. Another one beside it was written by a replica of DIP 0.1, which knows of no
     * versions and may still run during a rollout.
     */
    folded: Generated<string>;
  };
  /** When a document was last resumed, which who and how often its facts say. */
  resumptions: {document_id: string; resumed_at: string};
}

/** Why the archive has events in its tables. */
const everyEvent =
  'An archive is every event, once, as it came. Those of DIP hold no words by their contracts; whoever sends others keeps to it.';

export const archiveTables = migrations<ArchiveTables>(
  {
    '1-facts': async (database, {bytes, position}) => {
      await database.schema
        .createTable('facts')
        .addColumn('position', ...position)
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('subject', 'text')
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('event', bytes, (column) => column.notNull())
        .addColumn('kept_at', 'text', (column) => column.notNull())
        .addUniqueConstraint('facts_identity', ['source', 'id'])
        .execute();
      await database.schema
        .createIndex('facts_subject')
        .on('facts')
        .columns(['subject', 'position'])
        .execute();
      await database.schema.createIndex('facts_type').on('facts').columns(['type', 'position']).execute();
    },
    '2-alarms': async (database, {bytes, position}) => {
      await database.schema
        .createTable('alarms')
        .addColumn('position', ...position)
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('event', bytes, (column) => column.notNull())
        .addColumn('raised_at', 'text', (column) => column.notNull())
        .addUniqueConstraint('alarms_content', ['source', 'id', 'hash'])
        .execute();
    },
    '3-documents': async (database, {position}) => {
      await database.schema
        .createTable('documents')
        .addColumn('position', ...position)
        .addColumn('document_id', 'text', (column) => column.notNull().unique())
        .addColumn('status', 'text', (column) => column.notNull())
        .execute();
      await database.schema
        .createIndex('documents_status')
        .on('documents')
        .columns(['status', 'position'])
        .execute();
    },
    '4-folds': async (database) => {
      await database.schema
        .alterTable('documents')
        .addColumn('fold', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await database.schema
        .alterTable('documents')
        .addColumn('folded', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
    },
    '5-resumptions': async (database) => {
      await database.schema
        .createTable('resumptions')
        .addColumn('document_id', 'text', (column) => column.primaryKey())
        .addColumn('resumed_at', 'text', (column) => column.notNull())
        .execute();
      await database.schema.createIndex('facts_kept').on('facts').columns(['subject', 'kept_at']).execute();
    },
  },
  {
    facts: {
      position: 'number',
      source: 'attribute',
      id: 'attribute',
      type: 'attribute',
      subject: 'attribute',
      hash: 'hash',
      event: {event: everyEvent},
      kept_at: 'time',
    },
    alarms: {
      position: 'number',
      source: 'attribute',
      id: 'attribute',
      hash: 'hash',
      event: {event: everyEvent},
      raised_at: 'time',
    },
    documents: {position: 'number', document_id: 'id', status: 'enum', fold: 'number', folded: 'enum'},
    resumptions: {document_id: 'id', resumed_at: 'time'},
  },
);
