import test from 'ava';
import {sql} from 'kysely';
import {readConfig} from '#kit/wire';
import {migrations} from '../../services/kit/database/migrations.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {forgetOld, oldReplies} from '../../services/kit/forgetting.ts';
import {databases, postgres, withPostgres} from '../state/databases.ts';
import {answering} from './once-services.ts';
import {deliver, letter, serving} from './serving.ts';

const longAgo = '2026-01-01T00:00:00.000Z';
const lately = '2026-01-25T00:00:00.000Z';

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
    for (const [id, storedAt] of [...['1', '2', '3', '4'].map((old) => [old, longAgo]), ['5', lately]])
      await sql`insert into replies values ('/s', ${id}, null, ${storedAt})`.execute(database);

    await forgetOld(database, oldReplies, new Date('2026-02-05T00:00:00Z'), {batch: 2});

    const {rows} = await sql<{id: string}>`select id from replies`.execute(database);
    t.deepEqual(rows, [{id: '5'}]);
  });
}

if (withPostgres()) {
  test('a service starts though its old replies can not be forgotten now, and forgets them when they can', async (t) => {
    const databaseUrl = await (await postgres()).newDatabase();
    await (await serving(t, answering({word: 'yes'}), {databaseUrl})).stop();
    const config = {...readConfig({}), databaseUrl};
    const database = await openDatabase(config, 'letters', migrations<Record<never, never>>({}));
    t.teardown(() => database.destroy());
    await sql`insert into answering.replies values ('/s', '1', null, '2020-01-01T00:00:00.000Z')`.execute(
      database,
    );
    const [opened, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const inTheWay = database.transaction().execute(async (transaction) => {
      await sql`select * from answering.replies for update`.execute(transaction);
      opened.resolve();
      await released.promise;
    });
    await opened.promise;

    const {url} = await serving(t, answering({word: 'yes'}), {databaseUrl});
    const {status} = await deliver(url, letter('1'));
    released.resolve();
    await inTheWay;

    t.is(status, 200);
    const old = sql`select 1 from answering.replies where source = '/s'`;
    while ((await old.execute(database)).rows.length > 0) await new Promise(setImmediate);
  });
}
