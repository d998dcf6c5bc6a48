/**
 * Opens new databases, each at an instant that other processes are told too: the first is the one on its input, in
 * milliseconds since 1970, and one follows every 50 ms.
 */
import {writeSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import {migrations} from '#kit';
import {readConfig} from '#kit/wire';
import {openDatabase} from '../../../services/kit/database/open-database.ts';

const steps = migrations<{letters: {id: string}}>({
  '1-letters': async (database) => {
    await database.schema.createTable('letters').addColumn('id', 'text').execute();
    await wait(1);
    writeSync(1, 'step was run\n');
  },
});

writeSync(1, 'loaded\n');
const first = Number(await text(process.stdin));
const config = readConfig({DIP_DATA_DIR: process.argv[2], DATABASE_URL: process.argv[4]});
for (let number = 0; number < Number(process.argv[3]); number += 1) {
  // To sleep is not exact enough.
  while (Date.now() < first + number * 50);
  const database = await openDatabase(config, `archive-${number}`, steps);
  await database
    .insertInto('letters')
    .values({id: String(process.pid)})
    .execute();
  await database.destroy();
}
