/** What an Idempotency-Key stands for, on every kind of database. */
import test from 'ava';
import {documentReceived} from '#events';
import {deriveId, encodeStructured} from '#kit';
import {readConfig, toEvent} from '#kit/wire';
import service from '../../services/ingestion/service.ts';
import {type IngestionTables, ingestionTables} from '../../services/ingestion/tables.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {broker, operator, serving} from '../kit/serving.ts';
import {databases} from '../state/databases.ts';

const upload = (body: string, key = '1'): RequestInit => ({
  method: 'POST',
  headers: {'content-type': 'text/plain', 'idempotency-key': key},
  body,
});

for (const {name, empty} of databases()) {
  test(`${name}: of many uploads with one key at once, the first is what it stands for, to the byte`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const {ask} = await serving(t, service, {...(await empty(t)), sink});

    const answers = await Promise.all(
      Array.from({length: 20}, (_, number) => ask('/documents', upload(`Letter ${number}.`))),
    );

    const statuses = answers.map(({status}) => status).sort();
    t.deepEqual(statuses, [202, ...Array.from({length: 19}, () => 422)]);
    t.is(new Set(taken.map((event) => encodeStructured(event).body.toString())).size, 1);
  });

  test(`${name}: a key that the version before has kept stands for the event of that time`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const state = await empty(t);
    const database = await openDatabase<IngestionTables>(
      {...readConfig({}), ...state},
      'ingestion',
      ingestionTables,
    );
    const documentId = `doc-${deriveId('idempotency-key', operator.name, '1')}`;
    const data = {...documentReceived.example, documentId, sha256: hashOfHello};
    const event = toEvent(documentReceived(data), {service: 'ingestion', id: 'id-of-then', time: new Date()});
    const row = {document_id: documentId, sha256: hashOfHello, event: encodeStructured(event).body};
    await database
      .insertInto('uploads')
      .values({...row, created_at: '2026-01-31T09:00:00.000Z'})
      .execute();
    await database.destroy();
    const {ask} = await serving(t, service, {...state, sink});

    const same = await ask('/documents', upload('Hello'));
    const other = await ask('/documents', upload('Goodbye'));

    t.deepEqual([same.status, other.status], [202, 422]);
    t.is(JSON.parse(same.body.toString()).eventId, 'id-of-then');
    t.deepEqual(taken, [event]);
  });
}

const hashOfHello = '185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969';
