import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {setTimeout as wait} from 'node:timers/promises';
import {type SqliteDatabase, SqliteDialect, type SqliteStatement, sql} from 'kysely';
import {type Config, ConfigError} from '../config.ts';
import {messageOf} from '../errors.ts';
import {makeFolder} from '../flush-folder.ts';
import {MachineOutage} from '../machine-outage.ts';
import type {Engine} from './engine.ts';
import {toParameter} from './parameter.ts';

/** A file for each service. @throws ConfigError when the folder is no place for it. */
export async function sqliteEngine(config: Config, service: string): Promise<Engine> {
  const file = path.join(await databaseFolder(config), `${service}.sqlite`);
  const sqlite = await openSqlite(file);
  return {
    dialect: new SqliteDialect({database: adapt(sqlite, file)}),
    plugins: [],
    words: {
      bytes: sql`blob`,
      position: ['integer', (column) => column.primaryKey().autoIncrement()],
      keyed: sql`strict, without rowid`,
    },
    async makePlace() {},
  };
}

async function databaseFolder({dataDirectory}: Config): Promise<string> {
  const folder = path.join(dataDirectory, 'databases');
  try {
    await makeFolder(folder);
  } catch (error) {
    throw new ConfigError(`DIP_DATA_DIR is no place to keep data: ${messageOf(error)}.`, {cause: error});
  }
  return folder;
}

/** How long a process waits for another one of its service, in milliseconds. */
const busyMs = 10_000;

/**
 * `synchronous = full`: a stored reply survives a power cut as the broker's acknowledgement does.
 *
 * @throws MachineOutage where the file is none that can be opened.
 */
async function openSqlite(file: string): Promise<DatabaseSync> {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = new DatabaseSync(file, {timeout: busyMs});
    await enterWalMode(sqlite);
    sqlite.exec('pragma synchronous = full; pragma foreign_keys = on;');
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw outageOf(error, file);
  }
}

/** By SQLite's primary result codes (sqlite.org/rescode.html); undefined: the statement is at fault. */
const advices: Readonly<Record<number, string>> = {
  3: 'give this user the right to it',
  5: 'another process keeps it locked',
  7: 'the machine has no memory left',
  8: 'give this user the right to write it',
  10: 'look after the disk',
  11: 'it is harmed: put a backup in its place, or move it away to begin with an empty one',
  13: 'make room on the disk',
  14: 'see that it is a file, and that its folder is there and may be written',
  26: 'put the database in its place, or move it away to begin with an empty one',
};

/** What SQLite has thrown, as an outage where the file or the disk is to blame; anything else stays as it is. */
function outageOf(error: unknown, file: string): unknown {
  const extended = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  const advice = advices[extended & 0xff];
  if (advice === undefined) return error;
  return new MachineOutage(`The database ${file} can't be used: ${messageOf(error)}. Next: ${advice}.`, {
    cause: error,
  });
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
function adapt(sqlite: DatabaseSync, file: string): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  const said = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      throw outageOf(error, file);
    }
  };
  return {
    close: () => sqlite.close(),
    prepare(text) {
      const known = prepared.get(text);
      if (known !== undefined) return known;
      const statement = said(() => sqlite.prepare(text === 'begin' ? 'begin immediate' : text));
      const adapted: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => said(() => statement.all(...parameters.map(toParameter))),
        run: (parameters) => {
          // SQLite undoes a transaction by itself where the disk is full: undone twice, that would be said instead.
          if (text === 'rollback' && !sqlite.isTransaction) return {changes: 0, lastInsertRowid: 0};
          return said(() => statement.run(...parameters.map(toParameter)));
        },
        iterate: (parameters) => statement.iterate(...parameters.map(toParameter)),
      };
      if (prepared.size < mostPrepared) prepared.set(text, adapted);
      return adapted;
    },
  };
}
