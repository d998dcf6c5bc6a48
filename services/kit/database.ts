import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync, type SQLInputValue} from 'node:sqlite';
import {setTimeout as wait} from 'node:timers/promises';
import {Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql} from 'kysely';
import {type Config, ConfigError} from './config.ts';
import {messageOf} from './errors.ts';
import type {Migrations} from './migrations.ts';

/**
 * Opens the database of one service, its tables brought up to date. Several processes of the service may have it
 * open: writers wait for each other, and the first to come runs the steps.
 *
 * @throws ConfigError when the configuration names none that can be had.
 */
export async function openDatabase<Tables>(
  config: Config,
  service: string,
  tables: Migrations<Tables>,
): Promise<Kysely<Tables>> {
  if (config.databaseUrl !== undefined) {
    throw new ConfigError('DATABASE_URL is set, and database servers are not supported yet: unset it.');
  }
  if (config.isOnKubernetes) {
    throw new ConfigError(
      'DATABASE_URL is not set: on Kubernetes a file goes with its pod, so what is kept would be lost.',
    );
  }
  const sqlite = await openSqlite(path.join(databaseFolder(config), `${service}.sqlite`));
  const database = new Kysely<Tables>({dialect: new SqliteDialect({database: adapt(sqlite)})});
  try {
    await migrate(database, tables);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
}

function databaseFolder({dataDirectory}: Config): string {
  const folder = path.join(dataDirectory, 'databases');
  try {
    mkdirSync(folder, {recursive: true});
  } catch (error) {
    throw new ConfigError(`DIP_DATA_DIR is no place to keep data: ${messageOf(error)}.`, {cause: error});
  }
  return folder;
}

async function migrate<Tables>(database: Kysely<Tables>, {steps}: Migrations<Tables>): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`create table if not exists migrations (name text primary key) strict`.execute(transaction);
    const done = await sql<{name: string}>`select name from migrations`.execute(transaction);
    const names = new Set(done.rows.map((row) => row.name));
    for (const [name, step] of Object.entries(steps)) {
      if (names.has(name)) continue;
      await step(transaction);
      await sql`insert into migrations (name) values (${name})`.execute(transaction);
    }
  });
}

/** How long a process waits for another one of its service, in milliseconds. */
const busyMs = 10_000;

/** `synchronous = full`: a stored reply survives a power cut as the broker's acknowledgement does. */
async function openSqlite(file: string): Promise<DatabaseSync> {
  const sqlite = new DatabaseSync(file, {timeout: busyMs});
  await enterWalMode(sqlite);
  sqlite.exec('pragma synchronous = full; pragma foreign_keys = on;');
  return sqlite;
}

/** SQLite does not wait by itself where two processes enter this mode at once, as they do on a new file. */
async function enterWalMode(sqlite: DatabaseSync): Promise<void> {
  const stepMs = 20;
  for (let waitedMs = 0; ; waitedMs += stepMs) {
    try {
      return sqlite.exec('pragma journal_mode = wal');
    } catch (error) {
      if (waitedMs >= busyMs || !isBusy(error)) throw error;
      await wait(stepMs);
    }
  }
}

function isBusy(error: unknown): boolean {
  const busy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}

/** A service says the same few statements over and over: they are prepared once. */
const mostPrepared = 200;

/**
 * Node's SQLite by the names that Kysely calls it by. Transactions begin with the write lock, as a lock taken later
 * can't be waited for.
 */
function adapt(sqlite: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => sqlite.close(),
    prepare(text) {
      const known = prepared.get(text);
      if (known !== undefined) return known;
      const statement = sqlite.prepare(text === 'begin' ? 'begin immediate' : text);
      const adapted: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(toSqlite)),
        run: (parameters) => statement.run(...parameters.map(toSqlite)),
        iterate: (parameters) => statement.iterate(...parameters.map(toSqlite)),
      };
      if (prepared.size < mostPrepared) prepared.set(text, adapted);
      return adapted;
    },
  };
}

function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new TypeError(`Expected a text, number, null or bytes for the database, got ${typeof value}.`);
}
