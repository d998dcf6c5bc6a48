import test, {type ExecutionContext} from 'ava';
import type {Config} from '#kit';
import {folder} from '../kit/serving.ts';
import {skip} from '../skip.ts';
import {type PgBouncer, startPgBouncer} from './pgbouncer.ts';
import {pgBouncerProgram} from './pgbouncer-program.ts';
import {Postgres} from './postgres.ts';
import {isPostgresThere} from './postgres-programs.ts';

/** A kind of database that state can be kept in. */
export interface TestedDatabase {
  readonly name: 'SQLite' | 'PostgreSQL' | 'PgBouncer';
  /** A new, empty one, as the configuration names it. */
  empty(t: ExecutionContext): Promise<Pick<Config, 'dataDirectory' | 'databaseUrl'>>;
}

let server: Promise<Postgres> | undefined;

/** The PostgreSQL of this test file, started when first asked for. */
export function postgres(): Promise<Postgres> {
  server ??= Postgres.start();
  return server;
}

/** What every test of state runs on: SQLite, and PostgreSQL, also behind a pooler, where there are any for this machine. */
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
  const pgBouncer: TestedDatabase = {
    name: 'PgBouncer',
    async empty(t) {
      const databaseUrl = await (await postgres()).newDatabase();
      return {dataDirectory: folder(t), databaseUrl: (await pooler()).through(databaseUrl)};
    },
  };
  return withPgBouncer() ? [sqlite, postgresql, pgBouncer] : [sqlite, postgresql];
}

let bouncer: Promise<PgBouncer> | undefined;

/** The PgBouncer of this test file, in front of its PostgreSQL. */
export function pooler(): Promise<PgBouncer> {
  bouncer ??= startPooler();
  return bouncer;
}

async function startPooler(): Promise<PgBouncer> {
  const program = pgBouncerProgram();
  if (program === undefined) throw new Error('There is no PgBouncer.');
  return startPgBouncer(program, (await postgres()).port);
}

let isPoolerPrepared: boolean | undefined;

/** Whether tests can have a PgBouncer in front of their PostgreSQL; where not, that is said. */
export function withPgBouncer(): boolean {
  if (isPoolerPrepared !== undefined) return isPoolerPrepared;
  isPoolerPrepared = withPostgres() && pgBouncerProgram() !== undefined;
  if (isPoolerPrepared) test.after.always('PgBouncer ends', async () => (await bouncer)?.remove());
  else
    console.error('SKIPPED: there is no PgBouncer here: apt-get install pgbouncer, or npm run prepare-tests');
  return isPoolerPrepared;
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
