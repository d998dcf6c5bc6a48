import type {Kysely} from 'kysely';
import type {Blobs} from './blobs/blobs.ts';
import type {Config} from './config.ts';
import type {Log} from './log.ts';

/** The tables of a service that has none. */
export type Nothing = Record<never, never>;

/** What a service's `start` can reach: its own tables, the blobs, the log. */
export interface State<Tables> {
  readonly config: Config;
  readonly log: Log;
  readonly blobs: Blobs;
  /** The service's own tables. @throws TypeError when it declared none. */
  readonly database: Kysely<Tables>;
}

/** What a running service can reach: its state, and what its `start` has opened. */
export interface Reach<Tables, Started = undefined> extends State<Tables> {
  /** What `start` returned. No module keeps such things: two instances of a service in one process are two. */
  readonly started: Started;
}
