import {readdirSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {BlobMissing, ConfigError, folderBlobs, openBlobs, readConfig, readJson, Type} from '#kit';
import {child} from './child.ts';
import {folder} from './serving.ts';

const ref = 'documents/doc-1/event-1/content.json';
const bytes = (text: string) => Buffer.from(text);

test('what was written is read again, to the byte', async (t) => {
  const blobs = folderBlobs(folder(t));
  const every = Buffer.from(Array.from({length: 256}, (_, byte) => byte));

  await blobs.write(ref, every);

  t.deepEqual(await blobs.read(ref), every);
});

test('a blob is written once: the same bytes change nothing, others are refused', async (t) => {
  const blobs = folderBlobs(folder(t));
  await blobs.write(ref, bytes('first'));

  await t.notThrowsAsync(blobs.write(ref, bytes('first')));
  await t.throwsAsync(blobs.write(ref, bytes('second')), {message: /kept already, with other bytes/});

  t.is(String(await blobs.read(ref)), 'first');
});

test('of many writers at once one wins, and the others hear that they did not', async (t) => {
  const root = folder(t);
  const blobs = folderBlobs(root);

  const writes = await Promise.allSettled(
    Array.from({length: 20}, (_, number) => blobs.write(ref, bytes(`writer ${number % 2}`))),
  );

  const winner = await blobs.read(ref);
  for (const [number, {status}] of writes.entries())
    t.is(status, winner.equals(bytes(`writer ${number % 2}`)) ? 'fulfilled' : 'rejected');
  t.deepEqual(readdirSync(path.join(root, 'documents/doc-1/event-1')), ['content.json']);
});

test('a writer that was killed leaves no half of a blob, and the next one writes it', async (t) => {
  const root = folder(t);
  const blobs = folderBlobs(root);
  await mkdir(path.join(root, 'documents/doc-1/event-1'), {recursive: true});
  await writeFile(path.join(root, `${ref}.0b9c.draft`), 'hal');

  await t.throwsAsync(blobs.read(ref), {instanceOf: BlobMissing});
  await blobs.write(ref, bytes('half and whole'));

  t.is(String(await blobs.read(ref)), 'half and whole');
});

test('writers that are killed at any moment leave whole blobs or none', async (t) => {
  const root = folder(t);
  const writer = child(t, './blob-writer.ts', [root]);
  await writer.printed('written 20');
  writer.process.kill('SIGKILL');
  const {stdout} = await writer.ended;
  const blobs = folderBlobs(root);

  const last = Number(/written (\d+)\n$/.exec(stdout)?.[1]);
  for (let number = 0; number <= last + 1; number += 1) {
    const name = `documents/doc-1/${number}`;
    const kept = await blobs.read(name).catch((error: unknown) => error);
    if (Buffer.isBuffer(kept)) t.is(kept.length, 100_000);
    else t.true(number > last && kept instanceof BlobMissing, String(kept));
  }
});

test('a write that fails leaves no draft behind', async (t) => {
  const root = folder(t);
  await mkdir(path.join(root, ref), {recursive: true});

  await t.throwsAsync(folderBlobs(root).write(ref, bytes('x')));

  t.deepEqual(readdirSync(path.join(root, 'documents/doc-1/event-1')), ['content.json']);
});

test('a document is erased with all its blobs, and nothing else', async (t) => {
  const blobs = folderBlobs(folder(t));
  const other = 'documents/doc-10/event-1/content.json';
  await blobs.write(ref, bytes('one'));
  await blobs.write(other, bytes('other'));

  await blobs.erase('documents/doc-1');

  await t.throwsAsync(blobs.read(ref), {instanceOf: BlobMissing});
  t.is(String(await blobs.read(other)), 'other');
});

for (const name of [
  'documents',
  '/etc/passwd',
  'documents/../x',
  'documents/a/../../x',
  'documents//x',
  'documents/a\0',
]) {
  test(`${JSON.stringify(name)} is no name of a blob, for anything that can be done`, async (t) => {
    const blobs = folderBlobs(folder(t));

    await t.throwsAsync(blobs.write(name, bytes('x')), {message: /blob's name/});
    await t.throwsAsync(blobs.read(name), {message: /blob's name/});
    await t.throwsAsync(blobs.erase(name), {message: /blob's name/});
  });
}

test('JSON of another shape than expected is told with its name', async (t) => {
  const blobs = folderBlobs(folder(t));
  await blobs.write(ref, bytes('{"words":"three"}'));

  const shape = Type.Object({words: Type.Number()});

  await t.throwsAsync(readJson(blobs, ref, shape), {message: /documents\/doc-1.*data\.words/});
});

test('on Kubernetes a folder is no place for documents, and the name of another one tells no secret', (t) => {
  const config = readConfig({KUBERNETES_SERVICE_HOST: '10.0.0.1', DIP_DATA_DIR: folder(t)});

  t.throws(() => openBlobs(config), {instanceOf: ConfigError, message: /BLOBS_URL is not set/});
  const error = t.throws(() => openBlobs({...config, blobsUrl: 's3://key:secret@host/bucket'}), {
    instanceOf: ConfigError,
  });
  t.false(error.message.includes('secret'));
});
