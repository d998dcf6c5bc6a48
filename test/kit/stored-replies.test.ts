import test from 'ava';
import {sql} from 'kysely';
import {readConfig} from '#kit';
import {openDatabase} from '../../services/kit/database.ts';
import {migrations} from '../../services/kit/migrations.ts';
import {forgetOldReplies} from '../../services/kit/stored-replies.ts';
import {folder} from './serving.ts';

test('replies are forgotten when no broker can deliver their causes any more, and not before', async (t) => {
  const tables = migrations<Record<never, never>>({
    '1-replies': async (database) => {
      await sql`create table replies (source text, id text, reply blob, stored_at text)`.execute(database);
    },
  });
  const database = await openDatabase(readConfig({DIP_DATA_DIR: folder(t)}), 'letters', tables);
  t.teardown(() => database.destroy());
  for (const storedAt of ['2026-01-01T00:00:00.000Z', '2026-01-25T00:00:00.000Z'])
    await sql`insert into replies values ('/s', ${storedAt}, null, ${storedAt})`.execute(database);

  await forgetOldReplies(database, new Date('2026-02-05T00:00:00Z'));

  const {rows} = await sql<{id: string}>`select id from replies`.execute(database);
  t.deepEqual(rows, [{id: '2026-01-25T00:00:00.000Z'}]);
});
