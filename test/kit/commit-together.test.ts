import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {migrations, readConfig} from '#kit';
import {commitTogether} from '../../services/kit/commit-together.ts';
import {openDatabase} from '../../services/kit/database.ts';

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

async function open(t: ExecutionContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-commit-'));
  const database = await openDatabase(readConfig({DIP_DATA_DIR: folder}), 'words', tables);
  t.teardown(() => database.destroy());
  return database;
}

test('changes that come at the same time share one transaction, and each gets its own result', async (t) => {
  const database = await open(t);
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

test('a change that fails is undone and fails alone', async (t) => {
  const database = await open(t);
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

test('a change that comes while others are being made is made after them', async (t) => {
  const database = await open(t);
  const commit = commitTogether(database);
  let later: Promise<unknown> = Promise.resolve();

  await commit(async (transaction) => {
    await transaction.insertInto('words').values({word: 'first'}).execute();
    later = commit((next) => next.selectFrom('words').selectAll().execute());
  });

  t.deepEqual(await later, [{word: 'first'}]);
});
