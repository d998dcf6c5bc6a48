import {readdirSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {BlobMissing, ConfigError} from '#kit';
import {folderBlobs, openBlobs, readConfig} from '#kit/wire';
import {child} from '../child.ts';
import {folder} from '../serving.ts';

const ref = 'documents/doc-1/event-1/content.json';

test('writers at once leave one file, and none of their drafts', async (t) => {
  const root = folder(t);
  const blobs = folderBlobs(root);

  await Promise.allSettled(
    Array.from({length: 20}, (_, number) => blobs.write(ref, Buffer.from(`writer ${number % 2}`))),
  );

  t.deepEqual(readdirSync(path.join(root, 'documents/doc-1/event-1')), ['content.json']);
});

test('a writer that was killed leaves no half of a blob, and the next one writes it', async (t) => {
  const root = folder(t);
  const blobs = folderBlobs(root);
  await mkdir(path.join(root, 'documents/doc-1/event-1'), {recursive: true});
  await writeFile(path.join(root, `${ref}.0b9c.draft`), 'hal');

  await t.throwsAsync(blobs.read(ref), {instanceOf: BlobMissing});
  await blobs.write(ref, Buffer.from('half and whole'));

  t.is(String(await blobs.read(ref)), 'half and whole');
});

test('writers that are killed at any moment leave whole blobs or none', async (t) => {
  const root = folder(t);
  const writer = child(t, './blobs/writer.ts', [root]);
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

  await t.throwsAsync(folderBlobs(root).write(ref, Buffer.from('x')));

  t.deepEqual(readdirSync(path.join(root, 'documents/doc-1/event-1')), ['content.json']);
});

test('on Kubernetes a folder is no place for documents', async (t) => {
  const config = readConfig({KUBERNETES_SERVICE_HOST: '10.0.0.1', DIP_DATA_DIR: folder(t)});

  await t.throwsAsync(openBlobs(config), {instanceOf: ConfigError, message: /BLOBS_URL is not set/});
});
