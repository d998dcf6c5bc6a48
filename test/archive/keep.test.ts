/** What the archive keeps, on every kind of database. */
import {randomBytes} from 'node:crypto';
import test, {type ExecutionContext} from 'ava';
import {
  alarmsShown,
  documentClassified,
  documentIngested,
  documentReceived,
  documentRejected,
  factsShown,
} from '#events';
import {type CloudEvent, type Contract, Defer} from '#kit';
import {readConfig, toEvent} from '#kit/wire';
import {keep} from '../../services/archive/keep.ts';
import {announcer} from '../../services/archive/kept.ts';
import archive from '../../services/archive/service.ts';
import {type ArchiveTables, archiveTables} from '../../services/archive/tables.ts';
import {commitTogether} from '../../services/kit/commit-together.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {deliver, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';
import {databases, type TestedDatabase} from '../state/databases.ts';

const contracts = [documentReceived, documentIngested, documentClassified, documentRejected];

for (const kind of databases()) {
  const {name} = kind;

  test(`${name}: an event is kept once, and comes out as it came in`, async (t) => {
    const {url, ...archived} = await open(t, kind);
    const event = fact(documentReceived, 'doc-00000000000000000001', 'ünïcode 漢字 😀');

    const answers = [await deliver(url, event), await deliver(url, event)];
    const {facts} = await archived.facts();

    t.deepEqual(
      answers.map(({status}) => status),
      [204, 204],
    );
    t.is(facts.length, 1);
    t.like(facts[0], {
      event: {id: event.attributes['id'], source: '/services/test', data: documentReceived.example},
    });
    t.deepEqual((await archived.alarms()).alarms, []);
  });

  test(`${name}: one id with two contents is kept once, and is an alarm that is told once`, async (t) => {
    const {url, lines, ...archived} = await open(t, kind);
    const first = fact(documentReceived, 'doc-00000000000000000001', '1');
    const second = {...first, attributes: {...first.attributes, subject: 'doc-00000000000000000002'}};

    await Promise.all([first, first, second, second, first].map((event) => deliver(url, event)));
    const {facts} = await archived.facts();
    const {alarms} = await archived.alarms();

    t.is(facts.length, 1);
    t.is(alarms.length, 1);
    t.like(alarms[0], {source: '/services/test', id: '1'});
    t.true(lines.some((line) => line.includes('One id came with two contents')));
  });

  for (const attributeName of ['id', 'source', 'type', 'subject']) {
    test(`${name}: an event whose ${attributeName} is longer than an index takes is kept, once, and found`, async (t) => {
      const {url, ...archived} = await open(t, kind);
      const long = `/${'0123456789abcdef'.repeat(30)}/${randomBytes(1_500).toString('hex')}`;
      const {data, attributes} = fact(documentReceived, 'doc-00000000000000000001', '1');
      const event = {data, attributes: {...attributes, [attributeName]: long}};

      const answers = [await deliver(url, event), await deliver(url, event)];
      const changed = {...event, attributes: {...event.attributes, tenant: 'another'}};
      await deliver(url, changed);
      const asked = ['type', 'subject'].includes(attributeName) ? `?${attributeName}=${long}` : '';
      const {facts} = await archived.facts(`/facts${asked}`);
      const {alarms} = await archived.alarms();

      t.deepEqual(
        answers.map(({status}) => status),
        [204, 204],
      );
      t.deepEqual(
        facts.map((kept) => Reflect.get(kept.event, attributeName)),
        [long],
      );
      t.is(alarms.length, 1);
      t.like(alarms[0], {source: event.attributes['source'], id: event.attributes['id']});
    });
  }

  test(`${name}: facts are read in the order in which they were kept, page by page, each once`, async (t) => {
    const {url, ...archived} = await open(t, kind);
    const read: string[] = [];
    const writing = writeMany(url, 60);
    let isWritten = false;
    void writing.then(() => {
      isWritten = true;
    });
    for (let after = '0'; ; ) {
      const wasWritten = isWritten;
      const page = await archived.facts(`/facts?limit=7&after=${after}`);
      for (const {position, event} of page.facts) {
        read.push(event.id);
        after = String(position);
      }
      if (wasWritten && page.facts.length === 0) break;
    }

    t.is(read.length, 60);
    t.is(new Set(read).size, 60);
  });

  test(`${name}: replicas that keep the facts of one document at once agree on how it stands`, async (t) => {
    const replicas = await replicated(t, kind);
    const documents = Array.from({length: 20}, (_, number) => `doc-${String(number).padStart(20, '0')}`);
    // Each kind is kept by another replica, all of them at once.
    const kept = announcer();
    const facts = documents.flatMap((documentId) =>
      contracts.map((contract) => fact(contract, documentId, `${documentId}-${contract.type}`)),
    );

    await Promise.all(
      facts.map((event, number) => {
        const commit = replicas.commits[number % replicas.commits.length];
        return untilTaken(() =>
          commit?.((transaction, after) => keep(event, transaction, {after, log: () => {}, kept})),
        );
      }),
    );

    const rows = await replicas.database.selectFrom('documents').select(['document_id', 'status']).execute();
    t.deepEqual(
      rows.map(({document_id: id, status}) => `${id} ${status}`).sort(),
      documents.map((id) => `${id} rejected`),
    );
  });
}

/** As a broker does with what is put off, as where others are in the way of a change for longer than it waits. */
async function untilTaken(take: () => Promise<unknown> | undefined): Promise<void> {
  for (;;) {
    try {
      return void (await take());
    } catch (error) {
      if (!(error instanceof Defer)) throw error;
    }
  }
}

function fact(contract: Contract, documentId: string, id: string): CloudEvent {
  const data = {...Object(contract.example), documentId};
  const event = toEvent({contract, data}, {service: 'test', id, time: new Date('2026-01-31T09:00:00Z')});
  return event;
}

async function writeMany(url: string, count: number): Promise<void> {
  await Promise.all(
    Array.from({length: count}, (_, number) =>
      deliver(url, fact(documentReceived, 'doc-00000000000000000001', `fact ${number}`)),
    ),
  );
}

/** An archive that runs; what it shows is what its doors say that they answer. */
async function open(t: ExecutionContext, kind: TestedDatabase) {
  const running = await serving(t, archive, await kind.empty(t));
  return {
    ...running,
    facts: async (path = '/facts') => shown(t, factsShown, await running.ask(path)),
    alarms: async () => shown(t, alarmsShown, await running.ask('/alarms')),
  };
}

/** Four replicas in this process; of SQLite one, as its writers wait for each other without letting go of the process. */
async function replicated(t: ExecutionContext, kind: TestedDatabase) {
  const config = {...readConfig({}), ...(await kind.empty(t))};
  const database = await openDatabase<ArchiveTables>(config, 'archive', archiveTables);
  t.teardown(() => database.destroy());
  const commits = [commitTogether(database)];
  for (let number = 1; kind.name !== 'SQLite' && number < 4; number += 1) {
    const replica = await openDatabase<ArchiveTables>(config, 'archive', archiveTables);
    t.teardown(() => replica.destroy());
    commits.push(commitTogether(replica));
  }
  return {database, commits};
}
