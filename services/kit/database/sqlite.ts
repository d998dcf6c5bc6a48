import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {setTimeout as wait} from 'node:timers/promises';
import {type SqliteDatabase, SqliteDialect, type SqliteStatement, sql} from 'kysely';
import {type Config, ConfigError} from '../config.ts';
import {messageOf} from '../errors.ts';
import type {Engine} from './engine.ts';
import {toParameter} from './parameter.ts';

/** A file for each service. @throws ConfigError when the folder is no place for it. */
export async function sqliteEngine(config: Config, service: string): Promise<Engine> {
  const sqlite = await openSqlite(path.join(databaseFolder(config), `${service}.sqlite`));
  return {
    dialect: new SqliteDialect({database: adapt(sqlite)}),
    plugins: [],
    words: {
      bytes: sql`blob`,
      position: ['integer', (column) => column.primaryKey().autoIncrement()],
      keyed: sql`strict, without rowid`,
    },
    async makePlace() {},
  };
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
        all: (parameters) => statement.all(...parameters.map(toParameter)),
        run: (parameters) => statement.run(...parameters.map(toParameter)),
        iterate: (parameters) => statement.iterate(...parameters.map(toParameter)),
      };
      if (prepared.size < mostPrepared) prepared.set(text, adapted);
      return adapted;
    },
  };
}
