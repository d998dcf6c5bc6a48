import {type Kysely, sql} from 'kysely';
import type {Blobs} from './blobs/blobs.ts';
import {openBlobs} from './blobs/open-blobs.ts';
import {type Commit, commitTogether} from './commit-together.ts';
import {type Config, ConfigError} from './config.ts';
import {type DialectWords, migrations} from './database/migrations.ts';
import {openDatabase} from './database/open-database.ts';
import type {Service} from './definition.ts';
import {beginForgetting} from './forget-replies.ts';
import {type Verify, verifier} from './identity/verifier.ts';
import type {Log} from './log.ts';
import {type Publish, publisher} from './publish.ts';
import type {Nothing, Reach, State} from './reach.ts';
import {type StoredReplies, storedReplies} from './stored-replies.ts';

/** A service with all that it reaches, opened. */
export interface OpenService {
  readonly service: Service;
  readonly reach: Reach<Nothing, unknown>;
  readonly publish: Publish;
  /** Finds out who asks at a front door. */
  readonly verify: Verify;
  /** Undefined for a service that keeps nothing. */
  readonly commit: Commit<Nothing> | undefined;
  /** Undefined for a service that keeps no replies. */
  readonly replies: StoredReplies | undefined;
  close(): Promise<void>;
}

/**
 * Opens a service's database and blobs and runs its `start`.
 *
 * @throws ConfigError when it keeps state and the configuration has no place for it.
 */
export async function openService(service: Service, config: Config, log: Log): Promise<OpenService> {
  const database = await openState(service, config);
  try {
    return await openWith(database, service, {config, log});
  } catch (error) {
    await database?.destroy();
    throw error;
  }
}

async function openWith(
  database: Kysely<Nothing> | undefined,
  service: Service,
  {config, log}: {config: Config; log: Log},
): Promise<OpenService> {
  const blobs = await blobsOf(config, database !== undefined);
  const state = stateOf({service, config, log, database, blobs});
  const commit = database && commitTogether(database);
  const reach = reachOf(state, await service.start?.(state));
  const endForgetting = service.once === 'stored' && database ? beginForgetting(database, log) : undefined;
  return {
    service,
    reach,
    publish: publisher(config),
    verify: verifier(config.identityDirectory, {warn: (sentence) => log('warn', sentence)}),
    commit,
    replies: service.once === 'stored' && database && commit ? storedReplies(database, commit) : undefined,
    async close() {
      try {
        await Promise.all([service.stop?.(reach.started), endForgetting?.()]);
      } finally {
        await database?.destroy();
      }
    },
  };
}

/** The tables of the service and of the kit, side by side; none for a service that keeps nothing. */
async function openState(
  {name, tables, once}: Service,
  config: Config,
): Promise<Kysely<Nothing> | undefined> {
  if (tables === undefined && once === 'pure') return undefined;
  const steps = migrations<Nothing>({...(once === 'stored' ? kitSteps : {}), ...tables?.steps});
  return openDatabase(config, name, steps);
}

const kitSteps = {
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

/**
 * The store of blobs. A service that keeps nothing starts without one too, and hears what is missing when it asks for
 * it: it may need none.
 */
async function blobsOf(config: Config, keepsState: boolean): Promise<() => Blobs> {
  try {
    const blobs = await openBlobs(config);
    return () => blobs;
  } catch (error) {
    if (keepsState || !(error instanceof ConfigError)) throw error;
    return () => {
      throw error;
    };
  }
}

function stateOf(parts: {
  service: Service;
  config: Config;
  log: Log;
  database: Kysely<Nothing> | undefined;
  blobs: () => Blobs;
}): State<Nothing> {
  const {service, config, log, database, blobs} = parts;
  return {
    config,
    log,
    get blobs() {
      return blobs();
    },
    get database() {
      if (database !== undefined) return database;
      throw new TypeError(`Service ${service.name} uses its database and declares no \`tables\`.`);
    },
  };
}

function reachOf(state: State<Nothing>, started: unknown): Reach<Nothing, unknown> {
  return {
    config: state.config,
    log: state.log,
    get blobs() {
      return state.blobs;
    },
    get database() {
      return state.database;
    },
    started,
  };
}
