/** What PostgreSQL alone can do to a service: go away, come back, and be shared by replicas. */
import test, {type ExecutionContext} from 'ava';
import {type Kysely, sql} from 'kysely';
import {ConfigError, Defer, migrations} from '#kit';
import {readConfig} from '#kit/wire';
import {commitTogether} from '../../../services/kit/commit-together.ts';
import {openDatabase} from '../../../services/kit/database/open-database.ts';
import {poolSize} from '../../../services/kit/database/postgres.ts';
import {transact} from '../../../services/kit/database/transact.ts';
import {untilThere} from '../../../services/kit/database/until-there.ts';
import {postgres, withPostgres} from '../../state/databases.ts';
import {ownPostgres} from '../../state/own-postgres.ts';
import {roleUrl} from '../../state/postgres.ts';
import {child} from '../child.ts';
import {folder} from '../serving.ts';

interface Tables {
  letters: {position: number; id: string};
}

const tables = migrations<Tables>({
  '1-letters': async (database, {position}) => {
    await database.schema
      .createTable('letters')
      .addColumn('position', ...position)
      .addColumn('id', 'text')
      .execute();
  },
});

if (withPostgres()) {
  test('a reader in order never passes a transaction that is still open', async (t) => {
    const databaseUrl = await (await postgres()).newDatabase();
    const [slow, quick, reader] = await Promise.all([1, 2, 3].map(() => open(t, databaseUrl)));
    if (slow === undefined || quick === undefined || reader === undefined) return t.fail();
    const opened = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();

    const first = slow.transaction().execute(async (transaction) => {
      await put(transaction, 'first');
      opened.resolve();
      await released.promise;
    });
    await opened.promise;
    const second = transact(quick, (transaction) => put(transaction, 'second'));
    await lockIsWaitedFor(reader);
    const before = await readAfter(reader, 0);
    released.resolve();
    await Promise.all([first, second]);
    const after = await readAfter(reader, before.at(-1)?.position ?? 0);

    t.deepEqual(
      [...before, ...after].map(({id}) => id),
      ['first', 'second'],
    );
  });

  test('a replica that hangs within a transaction holds up the others for seconds, not for ever', async (t) => {
    const databaseUrl = await (await postgres()).newDatabase();
    const database = await open(t, databaseUrl);
    const hanging = child(t, './database/hanging-writer.ts', [databaseUrl]);
    await hanging.printed('within a transaction');
    hanging.process.kill('SIGSTOP');

    await transact(database, (transaction) => put(transaction, 'behind it'));

    t.deepEqual(
      (await readAfter(database, 0)).map(({id}) => id),
      ['behind it'],
    );
  });

  test('a change that another one was in the way of is made again, and what follows from it follows once', async (t) => {
    const database = await open(t, await (await postgres()).newDatabase());
    let attempts = 0;
    const told: number[] = [];

    await commitTogether(database)(async (transaction, after) => {
      attempts += 1;
      const attempt = attempts;
      after(() => told.push(attempt));
      await put(transaction, `attempt ${attempt}`);
      if (attempt < 3) await raise(transaction, attempt === 1 ? '40001' : '40P01');
    });

    t.deepEqual(
      (await readAfter(database, 0)).map(({id}) => id),
      ['attempt 3'],
    );
    t.deepEqual(told, [3]);
  });

  test('a change that others are in the way of each time is put off', async (t) => {
    const database = await open(t, await (await postgres()).newDatabase());

    await t.throwsAsync(
      transact(database, (transaction) => raise(transaction, '40001')),
      {instanceOf: Defer, message: /127\.0\.0\.1:\d+ had two changes in each other's way/},
    );
  });

  test('a change of which a part failed is not kept as if it were whole', async (t) => {
    const database = await open(t, await (await postgres()).newDatabase());

    await t.throwsAsync(
      transact(database, async (transaction) => {
        await put(transaction, 'half');
        await raise(transaction, '22012').catch(() => {});
      }),
      {message: /all of it was undone/},
    );

    t.deepEqual(await readAfter(database, 0), []);
  });

  test('a text with the one character that PostgreSQL does not hold is kept without it', async (t) => {
    const database = await open(t, await (await postgres()).newDatabase());

    await transact(database, (transaction) => put(transaction, 'a\0b'));

    t.deepEqual(
      (await readAfter(database, 0)).map(({id}) => id),
      ['a\u{FFFD}b'],
    );
  });

  test('a process holds no more connections than it says, however much is asked at once', async (t) => {
    const server = await postgres();
    const databaseUrl = await server.newDatabase();
    const database = await open(t, databaseUrl);

    await Promise.all(Array.from({length: 50}, () => sql`select pg_sleep(0.01)`.execute(database)));

    const [row] = await server.query(
      `select count(*)::int as held from pg_stat_activity where datname = '${new URL(databaseUrl).pathname.slice(1)}'`,
    );
    t.deepEqual(row, {held: poolSize});
  });

  test('a role that may not make schemas finds the one that was made for it', async (t) => {
    const server = await postgres();
    const databaseUrl = await server.newDatabase();
    const name = new URL(databaseUrl).pathname.slice(1);
    await server.query(`create role limited_${name} login password 'x'`);
    const limited = roleUrl(databaseUrl, `limited_${name}`, 'x');

    await t.throwsAsync(open(t, limited), {
      instanceOf: ConfigError,
      message: /does not let us in: permission denied/,
    });
    await server.query(`create schema letters authorization limited_${name}`, databaseUrl);

    t.deepEqual(await readAfter(await open(t, limited), 0), []);
  });

  test('a wrong password is one sentence without it, and exit 78', async (t) => {
    const url = roleUrl((await postgres()).url(), 'dip', 'wr0ng-s3cret');

    const {code, stderr} = await child(t, '../../services/cli/start.mjs', ['serve', 'routing'], {
      PORT: '0',
      DATABASE_URL: url,
    }).ended;

    t.is(code, 78);
    t.regex(stderr, /^routing: The database at 127\.0\.0\.1:\d+ does not let us in: [^\n]+\.\n$/);
    t.false(stderr.includes('s3cret'));
  });

  test('a server that can not encrypt is not taken where encryption is asked for', async (t) => {
    const databaseUrl = `${await (await postgres()).newDatabase()}?sslmode=require`;

    await t.throwsAsync(open(t, databaseUrl), {
      instanceOf: ConfigError,
      message: /does not let us in: .*SSL/,
    });
  });

  test('a crash in the middle of a transaction undoes it, and ends no process that was in it', async (t) => {
    const server = await ownPostgres(t);
    const database = await open(t, await server.newDatabase());

    await t.throwsAsync(
      transact(database, async (transaction) => {
        await put(transaction, 'lost');
        await server.crash();
        await server.start();
        await put(transaction, 'lost too');
      }),
      {instanceOf: Defer},
    );

    await transact(database, (transaction) => put(transaction, 'kept'));
    t.deepEqual(
      (await readAfter(database, 0)).map(({id}) => id),
      ['kept'],
    );
  });

  test('a start waits for a database that comes up after it', async (t) => {
    const server = await ownPostgres(t);
    const databaseUrl = await server.newDatabase();
    await server.stop();

    const opening = open(t, databaseUrl);
    await server.start();

    t.deepEqual(await readAfter(await opening, 0), []);
  });

  test('a start does not wait for ever', async (t) => {
    const server = await ownPostgres(t);
    const database = await open(t, await server.newDatabase());
    await server.stop();

    await t.throwsAsync(
      untilThere(() => readAfter(database, 0), 200),
      {instanceOf: Defer, message: /is away/},
    );
  });
}

async function open(t: ExecutionContext, databaseUrl: string): Promise<Kysely<Tables>> {
  const config = {...readConfig({DIP_DATA_DIR: folder(t)}), databaseUrl};
  const database = await openDatabase(config, 'letters', tables);
  t.teardown(() => database.destroy());
  return database;
}

async function put(database: Kysely<Tables>, id: string): Promise<void> {
  await sql`insert into letters (id) values (${id})`.execute(database);
}

function readAfter(database: Kysely<Tables>, position: number): Promise<Tables['letters'][]> {
  return database
    .selectFrom('letters')
    .selectAll()
    .where('position', '>', position)
    .orderBy('position')
    .execute();
}

/** Waits until some transaction waits for the service's lock, or does not have to. */
async function lockIsWaitedFor(database: Kysely<Tables>): Promise<void> {
  for (;;) {
    const {rows} = await sql`select 1 from pg_locks where locktype = 'advisory' and not granted
      union all select 1 from letters`.execute(database);
    if (rows.length > 0) return;
  }
}

async function raise(database: Kysely<Tables>, sqlState: string): Promise<void> {
  await sql
    .raw(`do $$ begin raise exception 'as asked for' using errcode = '${sqlState}'; end $$`)
    .execute(database);
}
