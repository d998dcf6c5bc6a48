import test, {type ExecutionContext} from 'ava';
import {documentIngested, documentReceived, documentRejected} from '#events';
import type {CloudEvent, Contract, Service} from '#kit';
import {logOf, readConfig, toEvent} from '#kit/wire';
import archive from '../../services/archive/service.ts';
import deadLetter from '../../services/dead-letter/service.ts';
import {answer} from '../../services/kit/handle.ts';
import {type OpenService, openService} from '../../services/kit/open-service.ts';
import {folder} from '../kit/serving.ts';

const one = 'doc-00000000000000000001';
const two = 'doc-00000000000000000002';

async function opened(t: ExecutionContext, service: Service): Promise<OpenService> {
  const open = await openService(
    service,
    readConfig({DIP_DATA_DIR: folder(t)}),
    logOf('test', () => {}),
  );
  t.teardown(() => open.close());
  return open;
}

async function read({service, reach}: OpenService, name: string, time: string): Promise<number | undefined> {
  const gauge = service.gauges?.find((each) => each.name === name);
  return gauge?.read(reach, new Date(time));
}

function fact(contract: Contract, documentId: string, time: string): CloudEvent {
  const draft = {contract, data: Object.assign({}, contract.example, {documentId})};
  return toEvent(draft, {service: 'ingestion', id: `${contract.type} ${documentId}`, time: new Date(time)});
}

test('the oldest document that has not ended grows older with the time, until it ends', async (t) => {
  const open = await opened(t, archive);
  const age = (time: string) => read(open, 'dip.documents.oldest_unfinished', time);
  const count = () => read(open, 'dip.documents.unfinished', '2026-01-31T09:00:00Z');
  t.is(await age('2026-01-31T09:00:00Z'), 0);
  t.is(await count(), 0);

  await answer(open, fact(documentReceived, one, '2026-01-31T09:00:00Z'));
  await answer(open, fact(documentReceived, two, '2026-01-31T09:10:00Z'));
  t.is(await age('2026-01-31T09:10:00Z'), 600);
  t.is(await age('2026-01-31T10:00:00.500Z'), 3600.5);
  t.is(await count(), 2);

  await answer(open, fact(documentRejected, one, '2026-01-31T09:11:00Z'));
  t.is(await age('2026-01-31T10:00:00Z'), 3000);
  t.is(await count(), 1);

  await answer(open, fact(documentRejected, two, '2026-01-31T09:12:00Z'));
  t.is(await age('2026-01-31T10:00:00Z'), 0);
  t.is(await count(), 0);
});

test('a document that nobody saw coming in is as old as what the archive knows of it', async (t) => {
  const open = await opened(t, archive);
  await answer(open, fact(documentIngested, one, '2020-01-31T09:00:00Z'));

  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const age = (await read(open, 'dip.documents.oldest_unfinished', inAnHour)) ?? 0;
  t.true(age >= 3600 - 1 && age < 3700, `${age}`);
});

test('a dead letter is counted once, however often it comes', async (t) => {
  const open = await opened(t, deadLetter);
  const count = () => read(open, 'dip.dead_letters.kept', '2026-01-31T09:00:00Z');
  t.is(await count(), 0);

  const letter = fact(documentReceived, one, '2026-01-31T09:00:00Z');
  const givenUpBy = (knativeerrordest: string) =>
    answer(open, {...letter, attributes: {...letter.attributes, knativeerrordest}});
  await givenUpBy('http://one.dip.svc.cluster.local/events');
  await givenUpBy('http://one.dip.svc.cluster.local/events');
  t.is(await count(), 1);

  await givenUpBy('http://two.dip.svc.cluster.local/events');
  t.is(await count(), 2);
});
