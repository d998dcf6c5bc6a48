/** How documents stand, as an older version of DIP has left it, on every kind of database. */
import test, {type ExecutionContext} from 'ava';
import type {Kysely} from 'kysely';
import {deadletterKept, documentIngested, documentReceived, documentsShown} from '#events';
import {type CloudEvent, type Config, type Contract, encodeStructured, migrations} from '#kit';
import {readConfig, toEvent} from '#kit/wire';
import {contentHash} from '../../services/archive/content-hash.ts';
import {projectAnew} from '../../services/archive/project.ts';
import archive from '../../services/archive/service.ts';
import {type ArchiveTables, archiveTables} from '../../services/archive/tables.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';
import {databases} from '../state/databases.ts';

/** The steps that version 0.1.0 knew. */
const {'1-facts': facts, '2-alarms': alarms, '3-documents': documents} = archiveTables.steps;
const released = migrations<ArchiveTables>(
  Object.fromEntries(
    Object.entries({'1-facts': facts, '2-alarms': alarms, '3-documents': documents}).flatMap(
      ([name, step]) => (step === undefined ? [] : [[name, step]]),
    ),
  ),
);

for (const {name, empty} of databases()) {
  test(`${name}: what an older fold found out is found out anew when the archive starts`, async (t) => {
    const config = await empty(t);
    await writtenBefore(config, 120);
    const {ask} = await serving(t, archive, config);

    let inWork = 0;
    while (inWork < 120)
      inWork = shown(t, documentsShown, await ask('/documents?status=in-work&limit=500')).documents.length;
    const failed = shown(t, documentsShown, await ask('/documents?status=failed'));

    t.deepEqual(failed.documents, []);
  });

  test(`${name}: several replicas do it at once, and what one leaves undone another one does`, async (t) => {
    const config = await empty(t);
    await writtenBefore(config, 90);
    const killed = new AbortController();
    const first = await opened(t, config);
    // SQLite's writers wait for each other without letting go of the process.
    const others = name === 'SQLite' ? [first] : [await opened(t, config), await opened(t, config)];
    const stopping = projectAnew(first, {batch: 10, signal: killed.signal});
    killed.abort();
    await stopping;
    const left = (await statusesIn(first)).filter((status) => status === 'failed').length;

    await Promise.all(others.map((database) => projectAnew(database, {batch: 7})));

    t.true(left > 0 && left < 90, `${left}`);
    t.deepEqual(new Set(await statusesIn(first)), new Set(['in-work']));
  });

  test(`${name}: what a replica of the version before writes meanwhile is found out again`, async (t) => {
    const config = await empty(t);
    await writtenBefore(config, 3);
    const database = await opened(t, config);
    await projectAnew(database);
    const ofBefore = {document_id: idOf(1), status: 'failed'};
    await database
      .insertInto('documents')
      .values(ofBefore)
      .onConflict((conflict) => conflict.column('document_id').doUpdateSet({status: 'failed'}))
      .execute();
    await database
      .updateTable('documents')
      .set({status: 'new', fold: 1_000})
      .where('document_id', '=', idOf(2))
      .execute();

    await projectAnew(database);

    t.deepEqual(
      (await statusesIn(database)).toSorted(),
      ['in-work', 'in-work', 'new'],
      'what is newer stays',
    );
  });

  test(`${name}: a document of which this fold sees none is not listed`, async (t) => {
    const config = await empty(t);
    const before = await openDatabase<ArchiveTables>({...readConfig({}), ...config}, 'archive', released);
    await before
      .insertInto('documents')
      .values({document_id: idOf(1), status: 'failed'})
      .execute();
    await before.destroy();
    const database = await opened(t, config);

    await projectAnew(database);

    t.deepEqual(await statusesIn(database), []);
  });
}

/** Documents that are in work, and of which a counter of pages gave up an event: that was a failure once. */
async function writtenBefore(changes: Partial<Config>, count: number): Promise<void> {
  const database = await openDatabase<ArchiveTables>({...readConfig({}), ...changes}, 'archive', released);
  await database.transaction().execute(async (transaction) => {
    for (let number = 0; number < count; number += 1) {
      const documentId = idOf(number);
      const letter = {trigger: 'ingested-to-page-counter', service: 'page-counter'};
      for (const event of [
        fact(documentReceived, documentId),
        fact(documentIngested, documentId),
        fact(deadletterKept, documentId, letter),
      ])
        await transaction.insertInto('facts').values(rowOf(event, documentId)).execute();
      await transaction.insertInto('documents').values({document_id: documentId, status: 'failed'}).execute();
    }
  });
  await database.destroy();
}

function rowOf(event: CloudEvent, subject: string) {
  const [source = '', id = '', type = ''] = ['source', 'id', 'type'].map((name) =>
    String(event.attributes[name]),
  );
  const kept = {
    hash: contentHash(event),
    event: encodeStructured(event).body,
    kept_at: new Date().toISOString(),
  };
  return {source, id, type, subject, ...kept};
}

function fact(contract: Contract, documentId: string, changes: object = {}): CloudEvent {
  const data = {...Object(contract.example), documentId, ...changes};
  return toEvent({contract, data}, {service: 'test', id: `${documentId} ${contract.type}`, time: new Date()});
}

function idOf(number: number): string {
  return `doc-${String(number).padStart(20, '0')}`;
}

async function opened(t: ExecutionContext, changes: Partial<Config>): Promise<Kysely<ArchiveTables>> {
  const database = await openDatabase<ArchiveTables>(
    {...readConfig({}), ...changes},
    'archive',
    archiveTables,
  );
  t.teardown(() => database.destroy());
  return database;
}

async function statusesIn(database: Kysely<ArchiveTables>): Promise<string[]> {
  const rows = await database.selectFrom('documents').select('status').execute();
  return rows.map(({status}) => status);
}
