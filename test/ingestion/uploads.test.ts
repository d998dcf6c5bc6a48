/** What an Idempotency-Key stands for, on every kind of database. */
import test from 'ava';
import {readConfig} from '#kit';
import {claim, type UploadTables, uploadTables} from '../../services/ingestion/uploads.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {databases} from '../state/databases.ts';

for (const {name, empty} of databases()) {
  test(`${name}: of many uploads with one key at once, the first is what it stands for, to the byte`, async (t) => {
    const config = {...readConfig({}), ...(await empty(t))};
    const database = await openDatabase<UploadTables>(config, 'ingestion', uploadTables);
    t.teardown(() => database.destroy());
    const upload = (number: number) => ({
      document_id: 'doc-00000000000000000001',
      sha256: String(number),
      event: Buffer.from([0, 255, number]),
      created_at: '2026-01-31T09:00:00.000Z',
    });

    const claims = await Promise.all(
      Array.from({length: 20}, (_, number) => claim(database, upload(number))),
    );

    const [first] = claims;
    t.is(new Set(claims.map(({sha256}) => sha256)).size, 1);
    t.deepEqual(Buffer.from(first?.event ?? []), Buffer.from([0, 255, Number(first?.sha256)]));
  });
}
