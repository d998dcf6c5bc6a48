import type {Dialect, Kysely, KyselyPlugin} from 'kysely';
import type {DialectWords} from './migrations.ts';

/** A database as a service opens it: SQLite's file or PostgreSQL's schema, by the same interface. */
export interface Engine {
  readonly dialect: Dialect;
  /** What names the place of the service's tables in each statement. */
  readonly plugins: KyselyPlugin[];
  readonly words: DialectWords;
  /** Makes the place for the service's tables where it is missing; called within the transaction of its steps. */
  makePlace<Tables>(transaction: Kysely<Tables>): Promise<void>;
}
