import type {Kysely} from 'kysely';

/**
 * The tables of one service: how they come to be, step by step. A step, once released, is never changed; a new
 * one is added below it. `Tables` is their shape, as Kysely takes it.
 */
export interface Migrations<Tables> {
  readonly steps: Readonly<Record<string, (database: Kysely<Tables>) => Promise<void>>>;
}

/** Declares a service's tables: `migrations<Tables>({'1-documents': async (database) => …})`. */
export function migrations<Tables>(steps: Migrations<Tables>['steps']): Migrations<Tables> {
  return {steps};
}
