import {createHmac, randomBytes} from 'node:crypto';
import type {Kysely} from 'kysely';
import type {IngestionTables} from '../tables.ts';

/**
 * A hash of something that people wrote, in hexadecimal: the same for the same kind and text, and telling nobody anything
 * who has not the key (RFC 2104).
 */
export type Keyed = (kind: string, text: string) => string;

/** Hashes with the key of this installation, which is made when it is first asked for. */
export async function keyedHashes(database: Kysely<IngestionTables>): Promise<Keyed> {
  return hashedWith((await keptKey(database)) ?? (await makeKey(database)));
}

/** Hashes with a key. */
export function hashedWith(key: string): Keyed {
  return (kind, text) =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, text]))
      .digest('hex')
      .slice(0, 32);
}

const name = 'links';

async function keptKey(database: Kysely<IngestionTables>): Promise<string | undefined> {
  const row = await database.selectFrom('keys').select('key').where('name', '=', name).executeTakeFirst();
  return row?.key;
}

/** Another process may be faster. */
async function makeKey(database: Kysely<IngestionTables>): Promise<string> {
  const key = randomBytes(32).toString('hex');
  await database
    .insertInto('keys')
    .values({name, key, made_at: new Date().toISOString()})
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await keptKey(database)) ?? key;
}
