/** Opens one new database after the other, each with a step that lets others go first, when its input ends. */
import {writeSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import {migrations, readConfig} from '#kit';
import {openDatabase} from '../../services/kit/database.ts';

const steps = migrations<{letters: {id: string}}>({
  '1-letters': async (database) => {
    await database.schema.createTable('letters').addColumn('id', 'text').execute();
    await wait(1);
    writeSync(1, 'step was run\n');
  },
});

writeSync(1, 'loaded\n');
await text(process.stdin);
const config = readConfig({DIP_DATA_DIR: process.argv[2]});
for (let number = 0; number < Number(process.argv[3]); number += 1) {
  const database = await openDatabase(config, `archive-${number}`, steps);
  await database
    .insertInto('letters')
    .values({id: String(process.pid)})
    .execute();
  await database.destroy();
}
