/** A document whose delivery was lost goes on, by `dip doc resume`. */
import {rm} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {dip} from '../cli/process.ts';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';
import {documentOf, documentsOf, readArchive} from './archive.ts';
import {changedManifests} from './manifests.ts';

const letter = path.join(import.meta.dirname, '../documents/credit-card.txt');

/** Starts DIP on a folder, with the project's manifests or those of the options. */
async function started(t: ExecutionContext, folder: string, words: readonly string[] = []): Promise<Dip> {
  const running = await startDip(folder, words);
  t.teardown(() => running.kill());
  return running;
}

/** Hands a letter in that nobody classifies, and waits until the archive knows that it was read. */
async function stuck({url}: Dip, word: string): Promise<string> {
  const {stdout, stderr} = await dip([
    'doc',
    'submit',
    letter,
    '--again',
    word,
    '-o',
    'name',
    '--server',
    url,
  ]);
  const documentId = stdout.trim();
  if (documentId === '') throw new Error(stderr);
  for (;;) {
    const {facts} = await readArchive(url);
    if (
      facts.some(
        ({attributes}) =>
          attributes['subject'] === documentId && String(attributes['type']).endsWith('.ingested'),
      )
    )
      return documentId;
  }
}

test('what was lost on its way goes on when it is resumed, though DIP is killed then; and nothing else is resumed', async (t) => {
  t.timeout(480_000);
  const folder = await temporaryFolder();
  t.teardown(() => rm(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 100}));
  const manifests = path.join(folder, 'manifests');
  const words = await changedManifests(manifests, {});
  await rm(path.join(manifests, '20-ingested-to-classification.yaml'));
  const broken = await started(t, folder, words);
  const [lost, resumedLately] = [await stuck(broken, 'lost'), await stuck(broken, 'resumed lately')];
  const early = await dip(['doc', 'resume', resumedLately, '--server', broken.url]);
  await broken.stop();

  const mended = await started(t, folder);
  const before = await documentOf(mended.url, lost, 1);
  const listed = await dip([
    'doc',
    'list',
    '--in-work-longer-than',
    '1ms',
    '-o',
    'name',
    '--server',
    mended.url,
  ]);
  const all = await dip([
    'doc',
    'resume',
    '--in-work-longer-than',
    '1ms',
    '-o',
    'json',
    '--server',
    mended.url,
  ]);
  await mended.kill();
  const again = await started(t, folder);
  const after = await documentOf(again.url, lost, 60);
  const ended = await dip(['doc', 'resume', lost, '--server', again.url]);
  const unknown = await dip(['doc', 'resume', 'doc-00000000000000000000', '--server', again.url]);
  const {alarms, facts} = await readArchive(again.url);

  t.is(early.code, 0, early.stderr);
  t.is(before.status, 'in-work');
  t.deepEqual(listed.stdout.trim().split('\n').toSorted(), [lost, resumedLately].toSorted());
  t.is(all.code, 5, all.stderr);
  t.like(JSON.parse(all.stdout), [
    {documentId: lost, outcome: 'resumed', facts: 1, by: 'local'},
    {documentId: resumedLately, outcome: 'refused'},
  ]);
  t.is(after.status, 'answered');
  t.is(ended.code, 1);
  t.regex(ended.stdout, /only what is in work can be resumed/);
  t.is(unknown.code, 3);
  t.deepEqual(
    (await documentsOf(again.url, {status: 'in-work'})).map(({documentId}) => documentId),
    [resumedLately],
  );
  t.deepEqual(alarms, []);
  t.is(facts.filter(({attributes}) => String(attributes['type']).endsWith('.resumed')).length, 2);
});

test('dip doc resume without saying which is misused', async (t) => {
  t.is((await dip(['doc', 'resume'])).code, 2);
  t.is((await dip(['doc', 'resume', 'doc-00000000000000000001', '--in-work-longer-than', '15m'])).code, 2);
});
