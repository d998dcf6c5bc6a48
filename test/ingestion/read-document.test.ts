/** A mail and everything in it share what reading one mail may take. */
import test, {type ExecutionContext} from 'ava';
import {documentReceived} from '#events';
import {Defer} from '#kit';
import {folderBlobs, toEvent} from '#kit/wire';
import {load} from '../../services/ingestion/extract/load.ts';
import {keepOriginal} from '../../services/ingestion/keep-original.ts';
import {type OpenReading, openReading} from '../../services/ingestion/open-ingestion.ts';
import {readDocument} from '../../services/ingestion/read-document.ts';
import {folder} from '../kit/serving.ts';

const root = 'doc-00000000000000000001';
const attached = 'doc-00000000000000000002';

/** Reads a letter that came in a mail, or by itself. */
async function read(t: ExecutionContext, started: OpenReading, mail: {root?: string}) {
  const blobs = folderBlobs(folder(t));
  const bytes = Buffer.from('Dear Sir, my mortgage.');
  const said = {bytes, filename: null, contentType: 'text/plain', metadata: {}, ...mail};
  const original = await keepOriginal(blobs, {documentId: attached, eventId: '1'}, said);
  const data = {documentId: attached, ...original, channel: 'attachment' as const};
  const cause = toEvent(documentReceived(data), {service: 'ingestion', id: '1', time: new Date()});
  return readDocument(data, {cause, blobs, started, publish: async () => {}});
}

test('what is left of a mail whose reading took two minutes is timed-out, and nothing else is', async (t) => {
  const started = await openReading({config: {isOnKubernetes: false, settingsDirectory: undefined}});
  t.teardown(() => started.extractor.close());
  started.spent.set(root, 120_001);

  t.deepEqual(await read(t, started, {root}), {outcome: 'rejected', reason: 'timed-out'});
  t.is((await read(t, started, {})).outcome, 'ingested');
});

test('what reading has taken is counted for the mail that was handed in', async (t) => {
  const started = await openReading({config: {isOnKubernetes: false, settingsDirectory: undefined}});
  t.teardown(() => started.extractor.close());

  await read(t, started, {root});

  t.true((started.spent.get(root) ?? 0) > 0);
  t.is(started.spent.get(attached), undefined);
});

test('a document waits for a machine that can’t load what reads it', async (t) => {
  const started = await openReading({config: {isOnKubernetes: false, settingsDirectory: undefined}});
  t.teardown(() => started.extractor.close());
  const loading = () => load(() => Promise.reject(new Error('too many open files')));
  const failing = {...started, extractor: {...started.extractor, extract: loading}};

  const error = await t.throwsAsync(read(t, failing, {}), {instanceOf: Defer});

  t.regex(error.message, /could not be loaded: too many open files/);
  t.is(error.retryAfter, 5);
});
