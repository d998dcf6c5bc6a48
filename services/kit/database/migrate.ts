import {type Kysely, sql} from 'kysely';
import type {Engine} from './engine.ts';
import type {Migrations} from './migrations.ts';

/**
 * Runs the steps that have not been run yet, in one transaction. As transactions of one service are made one after
 * the other, replicas that start at once run each step once.
 */
export async function migrate<Tables>(
  database: Kysely<Tables>,
  {steps}: Migrations<Tables>,
  {words, makePlace}: Engine,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await makePlace(transaction);
    await transaction.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .execute();
    const done = await sql<{name: string}>`select name from migrations`.execute(transaction);
    const names = new Set(done.rows.map((row) => row.name));
    for (const [name, step] of Object.entries(steps)) {
      if (names.has(name)) continue;
      await step(transaction, words);
      await sql`insert into migrations (name) values (${name})`.execute(transaction);
    }
  });
}
