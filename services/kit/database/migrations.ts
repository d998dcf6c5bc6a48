import type {ColumnBuilderCallback, Kysely, RawBuilder} from 'kysely';

/**
 * The tables of one service: how they come to be, step by step. A step, once released, is never changed; a new
 * one is added below it. Each is written once for every database, and ends within the seconds that a start may
 * take. `Tables` is their shape, as Kysely takes it.
 */
export interface Migrations<Tables> {
  readonly steps: Readonly<Record<string, (database: Kysely<Tables>, words: DialectWords) => Promise<void>>>;
  /** What each column holds; a rule of the house wants it of every service. */
  readonly columns?: Columns<Tables>;
}

/**
 * What a column holds. There is no kind for what a person wrote: words live in blobs, where erasing a document finds
 * them, and a table has their names.
 *
 * `id` of our own making · `reference` the name of a blob · `attribute` of an event, as it is looked up by · `name` of a
 * service, trigger or type of ours · `number` · `time` · `enum` one of few values · `hash` of what somebody gave ·
 * `secret` that the service made for itself · `emptied` held something once, and a later step has moved it away · `{event}` whole events, and why they are no words.
 */
export type Column =
  | 'id'
  | 'reference'
  | 'attribute'
  | 'name'
  | 'number'
  | 'time'
  | 'enum'
  | 'hash'
  | 'secret'
  | 'emptied'
  | {readonly event: string};

export type Columns<Tables> = {
  readonly [Table in keyof Tables]: {readonly [Name in keyof Tables[Table]]: Column};
};

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

/** Declares a service's tables: `migrations<Tables>({'1-documents': async (database) => …}, {documents: {id: 'id'}})`. */
export function migrations<Tables>(
  steps: Migrations<Tables>['steps'],
  columns?: Columns<Tables>,
): Migrations<Tables> {
  return columns === undefined ? {steps} : {steps, columns};
}
