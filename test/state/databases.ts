import test, {type ExecutionContext} from 'ava';
import type {Config} from '#kit';
import {folder} from '../kit/serving.ts';
import {skip} from '../skip.ts';
import {Postgres} from './postgres.ts';
import {isPostgresThere} from './postgres-programs.ts';

/** A kind of database that state can be kept in. */
export interface TestedDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** A new, empty one, as the configuration names it. */
  empty(t: ExecutionContext): Promise<Pick<Config, 'dataDirectory' | 'databaseUrl'>>;
}

let server: Promise<Postgres> | undefined;

/** The PostgreSQL of this test file, started when first asked for. */
export function postgres(): Promise<Postgres> {
  server ??= Postgres.start();
  return server;
}

/** What every test of state runs on: SQLite, and PostgreSQL where there is one for this machine. */
export function databases(): TestedDatabase[] {
  const sqlite: TestedDatabase = {
    name: 'SQLite',
    empty: async (t) => ({dataDirectory: folder(t), databaseUrl: undefined}),
  };
  if (!withPostgres()) return [sqlite];
  const postgresql: TestedDatabase = {
    name: 'PostgreSQL',
    empty: async (t) => ({dataDirectory: folder(t), databaseUrl: await (await postgres()).newDatabase()}),
  };
  return [sqlite, postgresql];
}

let isPrepared: boolean | undefined;

/** Whether tests can have a PostgreSQL; where not, that is said, and is a failure where all has to be tested. */
export function withPostgres(): boolean {
  if (isPrepared !== undefined) return isPrepared;
  isPrepared = isPostgresThere();
  if (isPrepared) {
    test.after.always('PostgreSQL ends', async () => (await server)?.remove());
    return true;
  }
  test('PostgreSQL is there to be tested with', (t) => {
    skip(t, `there is no PostgreSQL for ${process.platform}-${process.arch} among the packages`);
  });
  return false;
}
