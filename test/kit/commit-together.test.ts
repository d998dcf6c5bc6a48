import test, {type ExecutionContext} from 'ava';
import {migrations} from '#kit';
import {readConfig} from '#kit/wire';
import {commitTogether} from '../../services/kit/commit-together.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {databases, type TestedDatabase} from '../state/databases.ts';

interface Tables {
  words: {word: string};
}

const tables = migrations<Tables>({
  '1-words': async (database) => {
    await database.schema
      .createTable('words')
      .addColumn('word', 'text', (column) => column.unique())
      .execute();
  },
});

async function open(t: ExecutionContext, {empty}: TestedDatabase) {
  const database = await openDatabase({...readConfig({}), ...(await empty(t))}, 'words', tables);
  t.teardown(() => database.destroy());
  return database;
}

for (const kind of databases()) {
  test(`${kind.name}: changes that come at the same time share one transaction, and each gets its own result`, async (t) => {
    const database = await open(t, kind);
    const commit = commitTogether(database);
    const transactions = new Set<unknown>();

    const words = await Promise.all(
      ['one', 'two', 'three'].map((word) =>
        commit(async (transaction) => {
          transactions.add(transaction);
          await transaction.insertInto('words').values({word}).execute();
          return word;
        }),
      ),
    );

    t.deepEqual(words, ['one', 'two', 'three']);
    t.is(transactions.size, 1);
    t.is((await database.selectFrom('words').selectAll().execute()).length, 3);
  });

  test(`${kind.name}: no transaction holds up others for more changes than a few dozen`, async (t) => {
    const database = await open(t, kind);
    const commit = commitTogether(database);
    const changes = new Map<unknown, number>();

    await Promise.all(
      Array.from({length: 200}, (_, number) =>
        commit(async (transaction) => {
          changes.set(transaction, (changes.get(transaction) ?? 0) + 1);
          await transaction
            .insertInto('words')
            .values({word: String(number)})
            .execute();
        }),
      ),
    );

    t.deepEqual([...changes.values()], [64, 64, 64, 8]);
    t.is((await database.selectFrom('words').selectAll().execute()).length, 200);
  });

  test(`${kind.name}: a change that fails is undone and fails alone`, async (t) => {
    const database = await open(t, kind);
    const commit = commitTogether(database);
    const insert = (word: string, fault?: string) =>
      commit(async (transaction) => {
        await transaction.insertInto('words').values({word}).execute();
        if (fault !== undefined) throw new Error(fault);
      });

    const outcomes = await Promise.allSettled([insert('one'), insert('two', 'no'), insert('three')]);

    t.deepEqual(
      outcomes.map(({status}) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    const rows = await database.selectFrom('words').selectAll().orderBy('word').execute();
    t.deepEqual(rows, [{word: 'one'}, {word: 'three'}]);
  });

  test(`${kind.name}: a change that comes while others are being made is made after them`, async (t) => {
    const database = await open(t, kind);
    const commit = commitTogether(database);
    let later: Promise<unknown> = Promise.resolve();

    await commit(async (transaction) => {
      await transaction.insertInto('words').values({word: 'first'}).execute();
      later = commit((next) => next.selectFrom('words').selectAll().execute());
    });

    t.deepEqual(await later, [{word: 'first'}]);
  });

  test(`${kind.name}: what is to follow from a change follows once, when it is kept, and never from one that was undone`, async (t) => {
    const database = await open(t, kind);
    const commit = commitTogether(database);
    const told: string[] = [];
    const seen: number[] = [];
    const insert = (word: string, fault?: string) =>
      commit(async (transaction, after) => {
        after(() => told.push(word));
        await transaction.insertInto('words').values({word}).execute();
        seen.push(told.length);
        if (fault !== undefined) throw new Error(fault);
      });

    await Promise.allSettled([insert('one'), insert('two', 'no'), insert('three')]);

    t.deepEqual(told.toSorted(), ['one', 'three']);
    t.true(seen.length > 3, 'changes were made more than once');
  });
}
