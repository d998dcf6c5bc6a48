import type {ColumnBuilderCallback, Kysely, RawBuilder} from 'kysely';

/**
 * The tables of one service: how they come to be, step by step. A step, once released, is never changed; a new
 * one is added below it. Each is written once for every database, and ends within the seconds that a start may
 * take. `Tables` is their shape, as Kysely takes it.
 */
export interface Migrations<Tables> {
  readonly steps: Readonly<Record<string, (database: Kysely<Tables>, words: DialectWords) => Promise<void>>>;
}

/** What databases have different words for, so that a service's steps need not know which one they run on. */
export interface DialectWords {
  /** The type of a column of bytes. */
  readonly bytes: RawBuilder<unknown>;
  /**
   * Type and making of a key that counts rows up, in the order in which they can be seen: a reader who has seen one
   * never misses a lower one. So rows are put in by `change` alone. Say `.addColumn('position', ...position)`.
   */
  readonly position: readonly [type: 'integer' | 'bigint', build: ColumnBuilderCallback];
  /** The end of `create table` for a table whose rows are looked up by its key alone: `.modifyEnd(keyed)`. */
  readonly keyed: RawBuilder<unknown>;
}

/** Declares a service's tables: `migrations<Tables>({'1-documents': async (database) => …})`. */
export function migrations<Tables>(steps: Migrations<Tables>['steps']): Migrations<Tables> {
  return {steps};
}
