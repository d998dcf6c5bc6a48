import test from 'ava';
import {migrations, readConfig} from '#kit';
import {openDatabase} from '../../services/kit/database.ts';
import {child} from './child.ts';
import {folder} from './serving.ts';

interface Tables {
  letters: {id: string; words: number};
}

const firstStep = migrations<Tables>({
  '1-letters': async (database) => {
    await database.schema
      .createTable('letters')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('words', 'integer')
      .execute();
  },
});

test('processes that open new databases at once all come through, and each step is run once', async (t) => {
  const data = folder(t);
  const openers = Array.from({length: 4}, () => child(t, './database-opener.ts', [data, '25']));
  await Promise.all(openers.map(({printed}) => printed('loaded')));

  for (const {process} of openers) process.stdin?.end(String(Date.now() + 200));
  const ends = await Promise.all(openers.map(({ended}) => ended));

  t.deepEqual(
    ends.map(({code, stderr}) => [code, stderr]),
    ends.map(() => [0, '']),
  );
  t.is(
    ends
      .map(({stdout}) => stdout)
      .join('')
      .match(/step was run/g)?.length,
    25,
  );
});

test('a step that is new is run on what is there, and those before it are not', async (t) => {
  const config = readConfig({DIP_DATA_DIR: folder(t)});
  const before = await openDatabase(config, 'archive', firstStep);
  await before.insertInto('letters').values({id: '1', words: 3}).execute();
  await before.destroy();

  const both = migrations<Tables>({
    ...firstStep.steps,
    '2-longer': async (database) => {
      await database.updateTable('letters').set({words: 4}).execute();
    },
  });
  for (let time = 0; time < 2; time += 1) {
    const database = await openDatabase(config, 'archive', both);
    t.deepEqual(await database.selectFrom('letters').selectAll().execute(), [{id: '1', words: 4}]);
    await database.updateTable('letters').set({words: 4}).execute();
    await database.destroy();
  }
});

test('a step that fails changes nothing, and is run again the next time', async (t) => {
  const config = readConfig({DIP_DATA_DIR: folder(t)});
  const broken = migrations<Tables>({
    '1-letters': async (database) => {
      await firstStep.steps['1-letters']?.(database);
      throw new Error('The step broke.');
    },
  });

  await t.throwsAsync(openDatabase(config, 'archive', broken), {message: 'The step broke.'});
  const database = await openDatabase(config, 'archive', firstStep);

  t.deepEqual(await database.selectFrom('letters').selectAll().execute(), []);
  await database.destroy();
});

test('what has no place in a database is refused, not written as something else', async (t) => {
  const database = await openDatabase(readConfig({DIP_DATA_DIR: folder(t)}), 'archive', firstStep);
  t.teardown(() => database.destroy());
  const wrong: unknown = new Date();

  await t.throwsAsync(
    database
      .insertInto('letters')
      .values(Object.assign({id: '1', words: 1}, {words: wrong}))
      .execute(),
    {instanceOf: TypeError},
  );
});
