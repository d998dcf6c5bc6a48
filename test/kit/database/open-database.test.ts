import test, {type ExecutionContext} from 'ava';
import {ConfigError, type Migrations, migrations} from '#kit';
import {readConfig} from '#kit/wire';
import {openDatabase} from '../../../services/kit/database/open-database.ts';
import {databases, postgres, type TestedDatabase, withPostgres} from '../../state/databases.ts';
import {child} from '../child.ts';

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

for (const database of databases()) {
  const {name} = database;

  test(`${name}: processes that open new databases at once all come through, and each step is run once`, async (t) => {
    const {dataDirectory, databaseUrl} = await database.empty(t);
    const words = [dataDirectory, '25', ...(databaseUrl === undefined ? [] : [databaseUrl])];
    const openers = Array.from({length: 5}, () => child(t, './database/opener.ts', words));
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

  test(`${name}: a step that is new is run on what is there, and those before it are not`, async (t) => {
    const open = await opener(t, database);
    const before = await open('archive', firstStep);
    await before.insertInto('letters').values({id: '1', words: 3}).execute();

    const both = migrations<Tables>({
      ...firstStep.steps,
      '2-longer': async (transaction) => {
        await transaction.updateTable('letters').set({words: 4}).execute();
      },
    });
    for (let time = 0; time < 2; time += 1) {
      const letters = await open('archive', both);
      t.deepEqual(await letters.selectFrom('letters').selectAll().execute(), [{id: '1', words: 4}]);
      await letters.updateTable('letters').set({words: 4}).execute();
    }
  });

  test(`${name}: a step that fails changes nothing, and is run again the next time`, async (t) => {
    const open = await opener(t, database);
    const broken = migrations<Tables>({
      '1-letters': async (transaction, words) => {
        await firstStep.steps['1-letters']?.(transaction, words);
        throw new Error('The step broke.');
      },
    });

    await t.throwsAsync(open('archive', broken), {message: 'The step broke.'});
    const letters = await open('archive', firstStep);

    t.deepEqual(await letters.selectFrom('letters').selectAll().execute(), []);
  });

  test(`${name}: what one service keeps is not seen by another`, async (t) => {
    const open = await opener(t, database);
    const archive = await open('archive', firstStep);
    const deadLetter = await open('dead-letter', firstStep);

    await archive.insertInto('letters').values({id: '1', words: 3}).execute();

    t.deepEqual(await deadLetter.selectFrom('letters').selectAll().execute(), []);
    const strange = await open('routing', migrations<Tables>({}));
    await t.throwsAsync(strange.selectFrom('letters').selectAll().execute(), {message: /letters/});
  });

  test(`${name}: what has no place in a database is refused, not written as something else`, async (t) => {
    const letters = await (await opener(t, database))('archive', firstStep);
    const wrong: unknown = new Date();

    await t.throwsAsync(
      letters
        .insertInto('letters')
        .values(Object.assign({id: '1', words: 1}, {words: wrong}))
        .execute(),
      {instanceOf: TypeError},
    );
  });
}

if (withPostgres()) {
  test('a database that does not hold every character is refused, in a sentence that says what to do', async (t) => {
    const server = await postgres();
    await server.query("create database latin encoding 'LATIN1' locale 'C' template template0");
    const config = {...readConfig({}), databaseUrl: server.url('latin')};

    await t.throwsAsync(openDatabase(config, 'archive', firstStep), {
      instanceOf: ConfigError,
      message: /^Expected .* encoding UTF8, got LATIN1\. Make it with ENCODING 'UTF8' TEMPLATE template0\.$/,
    });
  });
}

/** Opens services' databases at one place; they are closed when the test ends. */
async function opener(t: ExecutionContext, database: TestedDatabase) {
  const config = {...readConfig({}), ...(await database.empty(t))};
  return async <Kept>(service: string, tables: Migrations<Kept>) => {
    const opened = await openDatabase(config, service, tables);
    t.teardown(() => opened.destroy());
    return opened;
  };
}
