import type {ExecutionContext} from 'ava';
import {Postgres} from './postgres.ts';

/** A PostgreSQL for one test alone, which may stop it; gone when it ends. */
export async function ownPostgres(t: ExecutionContext): Promise<Postgres> {
  const server = await Postgres.start();
  t.teardown(() => server.remove());
  return server;
}
