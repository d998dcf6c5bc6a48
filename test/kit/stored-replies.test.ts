import test from 'ava';
import {sql} from 'kysely';
import {readConfig} from '#kit';
import {migrations} from '../../services/kit/database/migrations.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {forgetOldReplies} from '../../services/kit/stored-replies.ts';
import {databases} from '../state/databases.ts';

for (const {name, empty} of databases()) {
  test(`${name}: replies are forgotten when no broker can deliver their causes any more, and not before`, async (t) => {
    const tables = migrations<Record<never, never>>({
      '1-replies': async (database, {bytes}) => {
        await sql`create table replies (source text, id text, reply ${bytes}, stored_at text)`.execute(
          database,
        );
      },
    });
    const database = await openDatabase({...readConfig({}), ...(await empty(t))}, 'letters', tables);
    t.teardown(() => database.destroy());
    for (const storedAt of ['2026-01-01T00:00:00.000Z', '2026-01-25T00:00:00.000Z'])
      await sql`insert into replies values ('/s', ${storedAt}, null, ${storedAt})`.execute(database);

    await forgetOldReplies(database, new Date('2026-02-05T00:00:00Z'));

    const {rows} = await sql<{id: string}>`select id from replies`.execute(database);
    t.deepEqual(rows, [{id: '2026-01-25T00:00:00.000Z'}]);
  });
}
