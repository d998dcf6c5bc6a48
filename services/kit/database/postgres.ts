import {createHash} from 'node:crypto';
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  WithSchemaPlugin,
} from 'kysely';
import pg from 'pg';
import {ConfigError} from '../config.ts';
import {readDatabaseUrl} from './database-url.ts';
import type {Engine} from './engine.ts';
import {outageOf} from './outage.ts';
import {PostgresConnection} from './postgres-connection.ts';

/**
 * Connections that one process holds at most: its writer, as the changes of a process go one after the other, and
 * one for people and for what was handled before, which must not wait for it. All services at their highest scale stay
 * below the 97 that a PostgreSQL gives out by default (max_connections 100, 3 of them for its superuser); a rule of the
 * house counts.
 */
export const poolSize = 2;

/** A schema for each service, named as it is. @throws ConfigError when `DATABASE_URL` is none. */
export function postgresEngine(databaseUrl: string, service: string): Engine {
  return {
    dialect: postgresDialect(databaseUrl, service),
    // Not by a `search_path` of the connection: behind a pooler of transactions that would be somebody else's next.
    plugins: [new WithSchemaPlugin(service)],
    words: {
      bytes: sql`bytea`,
      position: ['bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity()],
      keyed: sql``,
    },
    makePlace: (transaction) => makeSchema(transaction, service),
  };
}

/**
 * Asked for first: `if not exists` wants the right to create schemas even where there is nothing to create.
 *
 * @throws ConfigError when the database does not hold every character that an event may have.
 */
async function makeSchema<Tables>(transaction: Kysely<Tables>, schema: string): Promise<void> {
  const {rows} = await sql<{encoding: string; isThere: boolean}>`select
    current_setting('server_encoding') as encoding,
    exists (select from pg_namespace where nspname = ${schema}) as "isThere"`.execute(transaction);
  for (const {encoding, isThere} of rows) {
    if (encoding !== 'UTF8')
      throw new ConfigError(
        `Expected the database of DATABASE_URL to have the encoding UTF8, got ${encoding}. Make it with ENCODING 'UTF8' TEMPLATE template0.`,
      );
    if (!isThere) await transaction.schema.createSchema(schema).execute();
  }
}

function postgresDialect(databaseUrl: string, service: string): Dialect {
  const {connectionString, address} = readDatabaseUrl(databaseUrl);
  const pool = openPool(connectionString, service);
  const words = {lock: lockOf(service), place: placeOf(service)};
  return {
    createDriver: () => driverOf(pool, {address, ...words}),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (database) => new PostgresIntrospector(database),
  };
}

/** What nobody should have to wait for: a statement, a lock, a replica that was killed or hangs within a transaction. */
const limits = {
  statement_timeout: '15s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '5s',
};

/** A node that has gone without a word gives its connections back after 90 s. */
const keepAlive = {tcp_keepalives_idle: '60', tcp_keepalives_interval: '10', tcp_keepalives_count: '3'};

function setting(how: 'set' | 'set local', values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${how} ${name} to '${value}'`)
    .join('; ');
}

/** Longer than the server's own limit on a statement: it is met only where the server hangs, or the network does. */
const answerMs = 20_000;

const connectMs = 10_000;

function openPool(connectionString: string, service: string): pg.Pool {
  // Behind a pooler of transactions they are whose ever that connection is next: other processes of DIP, which say the same.
  const settings = setting('set', {...limits, ...keepAlive});
  const pool = new pg.Pool({
    connectionString,
    application_name: `dip-${service}`,
    max: poolSize,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: 30_000,
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {getTypeParser},
    async onConnect(client) {
      // A connection that breaks between two statements is told to nobody else, and ends the process if nobody hears.
      client.on('error', ignore);
      await client.query(settings);
    },
  });
  // One that breaks while it is idle is gone from the pool already, and the next question gets a new one.
  pool.on('error', ignore);
  return pool;
}

function ignore(): void {}

const int8 = 20;

/** Positions and counts are far below 2^53, where the client would not trust a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === int8 ? Number : pg.types.getTypeParser(oid, format);
}

/**
 * Transactions of one service go one after the other, whichever process they are of, as they do in SQLite: each holds
 * the service's lock from its first moment until it can be seen by all. So what a transaction reads is not changed
 * beneath it, none has to be made again for another's sake, and positions can be seen in the order in which they were
 * given out: a reader in order never passes one that is still open. What it costs is little, as changes that come
 * together share a transaction anyway.
 *
 * Each statement looks anew (`read committed`), as what it sees has to be from after the wait for the lock. All that
 * is set is set until the end of the transaction and no further, so that a pooler may hand the connection on.
 */
function lockOf(service: string): string {
  const key = createHash('sha256').update(`dip/${service}`).digest().readBigInt64BE();
  return `select pg_advisory_xact_lock(${key})`;
}

/** Said at the begin of each transaction, for that one alone. */
function placeOf(service: string): string {
  return `set local search_path to ${pg.escapeIdentifier(service)}; ${setting('set local', limits)}`;
}

function driverOf(
  pool: pg.Pool,
  {address, lock, place}: {readonly address: string; readonly lock: string; readonly place: string},
): Driver {
  const own = (connection: DatabaseConnection): PostgresConnection => {
    if (connection instanceof PostgresConnection) return connection;
    throw new TypeError('Expected a connection of this driver.');
  };
  return {
    async init() {},
    async acquireConnection() {
      try {
        return new PostgresConnection(await pool.connect(), {address, place});
      } catch (error) {
        throw outageOf(error, address);
      }
    },
    beginTransaction: (connection) => own(connection).begin(lock),
    commitTransaction: (connection) => own(connection).commit(),
    rollbackTransaction: (connection) => own(connection).rollback(),
    releaseConnection: async (connection) => own(connection).release(),
    destroy: () => pool.end(),
  };
}
