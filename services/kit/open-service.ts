import type {Kysely} from 'kysely';
import type {Blobs} from './blobs/blobs.ts';
import {openBlobs} from './blobs/open-blobs.ts';
import {type Commit, commitTogether} from './commit-together.ts';
import {type Config, ConfigError} from './config.ts';
import {migrations} from './database/migrations.ts';
import {openDatabase} from './database/open-database.ts';
import type {Service} from './definition.ts';
import {type Forgettable, forgetOld, oldReplies, oldSaid} from './forgetting.ts';
import {type Admit, admitter} from './identity/admitter.ts';
import {type Verify, verifier} from './identity/verifier.ts';
import {stepsOf} from './kit-tables.ts';
import type {Log} from './log.ts';
import {type Publish, publisher} from './publish.ts';
import type {Nothing, Reach, State} from './reach.ts';
import {saidEvents} from './said-events.ts';
import {type StoredReplies, storedReplies} from './stored-replies.ts';
import {beginTelling, type Telling} from './telling.ts';
import {beginUpkeep} from './upkeep.ts';

/** A service with all that it reaches, opened. */
export interface OpenService {
  readonly service: Service;
  readonly reach: Reach<Nothing, unknown>;
  readonly publish: Publish;
  /** Finds out who asks at a front door. */
  readonly verify: Verify;
  /** Finds out who hands in an event. Undefined: anybody may. */
  readonly admit: Admit | undefined;
  /** Undefined for a service that keeps nothing. */
  readonly commit: Commit<Nothing> | undefined;
  /** Undefined for a service that keeps no replies. */
  readonly replies: StoredReplies | undefined;
  /** Undefined for a service whose front doors say nothing. */
  readonly telling: Telling | undefined;
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
  const warn = (sentence: string) => log('warn', sentence);
  const publish = publisher(config);
  const telling =
    database && commit && service.saysAtDoors
      ? beginTelling({said: saidEvents(database, commit), publish, log})
      : undefined;
  const endUpkeep = beginUpkeeps(service, state, database);
  return {
    service,
    reach,
    publish,
    verify: verifier(config.identityDirectory, {warn}),
    admit: config.eventTokens && admitter(config.eventTokens, {warn}),
    commit,
    replies: service.once === 'stored' && database && commit ? storedReplies(database, commit) : undefined,
    telling,
    async close() {
      try {
        await Promise.all([service.stop?.(reach.started), endUpkeep(), telling?.end()]);
      } finally {
        await database?.destroy();
      }
    },
  };
}

function forgettable({once, saysAtDoors}: Service): Forgettable[] {
  return [...(once === 'stored' ? [oldReplies] : []), ...(saysAtDoors ? [oldSaid] : [])];
}

/** What the kit and the service look after beside the work; the result ends it. */
function beginUpkeeps(
  service: Service,
  state: State<Nothing>,
  database: Kysely<Nothing> | undefined,
): () => Promise<void> {
  const {log} = state;
  const ends: (() => Promise<void>)[] = [];
  for (const table of database === undefined ? [] : forgettable(service)) {
    const forget = (signal: AbortSignal) => forgetOld(state.database, table, new Date(), {signal});
    ends.push(beginUpkeep(forget, {log, failed: `Old ${table.what} are not forgotten`}));
  }
  const {upkeep} = service;
  if (upkeep !== undefined)
    ends.push(beginUpkeep((signal) => upkeep.run(state, signal), {log, failed: upkeep.failed}));
  return async () => void (await Promise.all(ends.map((end) => end())));
}

/** The tables of the service and of the kit, side by side; none for a service that keeps nothing. */
async function openState(service: Service, config: Config): Promise<Kysely<Nothing> | undefined> {
  const steps = stepsOf(service);
  return steps && openDatabase(config, service.name, migrations<Nothing>(steps));
}

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
