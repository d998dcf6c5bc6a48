import {Kysely} from 'kysely';
import {type Config, ConfigError} from '../config.ts';
import type {Engine} from './engine.ts';
import {migrate} from './migrate.ts';
import type {Migrations} from './migrations.ts';
import {patienceOfStart, untilThere} from './until-there.ts';

/**
 * Opens the database of one service, its tables brought up to date. Several processes of the service may have it
 * open: writers wait for each other, and the first to come runs the steps.
 *
 * @throws ConfigError when the configuration names none that can be had.
 * @throws Outage when a database server stays away.
 */
export async function openDatabase<Tables>(
  config: Config,
  service: string,
  tables: Migrations<Tables>,
): Promise<Kysely<Tables>> {
  const engine = await engineOf(config, service);
  const {dialect, plugins} = engine;
  const database = new Kysely<Tables>({dialect, plugins});
  try {
    await untilThere(() => migrate(database, tables, engine), patienceOfStart(config));
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
}

/** Each is loaded only where it is used: a start pays for one of them. */
async function engineOf(config: Config, service: string): Promise<Engine> {
  if (config.databaseUrl !== undefined) {
    const {postgresEngine} = await import('./postgres.ts');
    return postgresEngine(config.databaseUrl, service);
  }
  if (config.isOnKubernetes) {
    throw new ConfigError(
      'DATABASE_URL is not set: on Kubernetes a file goes with its pod, so what is kept would be lost.',
    );
  }
  const {sqliteEngine} = await import('./sqlite.ts');
  return sqliteEngine(config, service);
}
