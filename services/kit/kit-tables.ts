/** The kit's own tables in a service's database, beside the service's. */
import {type Kysely, sql} from 'kysely';
import type {DialectWords, Migrations} from './database/migrations.ts';
import type {Service} from './definition.ts';
import type {Nothing} from './reach.ts';

type Steps = Migrations<Nothing>['steps'];

/** The steps of all tables that a service has; undefined for one that keeps nothing. */
export function stepsOf({tables, once, saysAtDoors}: Service): Steps | undefined {
  if (tables === undefined && once === 'pure' && !saysAtDoors) return undefined;
  return {...(once === 'stored' ? ofReplies : {}), ...(saysAtDoors ? ofSaid : {}), ...tables?.steps};
}

const ofReplies: Steps = {
  'kit-1-replies': async (database: Kysely<Nothing>, {bytes, keyed}: DialectWords): Promise<void> => {
    await sql`create table replies (
      source text not null, id text not null, reply ${bytes}, stored_at text not null,
      primary key (source, id)) ${keyed}`.execute(database);
  },
  // Old ones are looked for at every start, which is often where services run only when there is work.
  'kit-2-replies-by-age': async (database: Kysely<Nothing>): Promise<void> => {
    await database.schema.createIndex('replies_stored').on('replies').column('stored_at').execute();
  },
};

const ofSaid: Steps = {
  'kit-3-said': async (database: Kysely<Nothing>, {bytes, keyed}: DialectWords): Promise<void> => {
    await sql`create table said (
      type text not null, key text not null, event ${bytes} not null, said_at text not null, confirmed_at text,
      primary key (type, key)) ${keyed}`.execute(database);
    // Few rows are in the first, and it is read at every start.
    await sql`create index said_unconfirmed on said (said_at, type, key) where confirmed_at is null`.execute(
      database,
    );
    await sql`create index said_confirmed on said (confirmed_at)`.execute(database);
  },
};
