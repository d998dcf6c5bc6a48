/** Opens a transaction on the letters of a database, and never ends it. */
import {writeSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {sql} from 'kysely';
import {migrations} from '#kit';
import {readConfig} from '#kit/wire';
import {openDatabase} from '../../../services/kit/database/open-database.ts';

const config = readConfig({DATABASE_URL: process.argv[2]});
const database = await openDatabase(config, 'letters', migrations({}));
await database.transaction().execute(async (transaction) => {
  await sql`insert into letters (id) values ('never kept')`.execute(transaction);
  writeSync(1, 'within a transaction\n');
  await wait(600_000);
});
