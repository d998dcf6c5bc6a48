import {execFile} from 'node:child_process';
import fs from 'node:fs';
import {open, rm} from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {JournalFailure} from '../../../services/local/journal/journal.ts';
import {temporaryFolder} from '../folder.ts';
import {recordOf, reopened} from './records.ts';

/** What writes to disk in Node, for a disk that is full, failing or slow when a test says so. */
const file = await open(import.meta.filename, 'r');
const disk: {datasync(): Promise<void>; truncate(length?: number): Promise<void>} =
  Object.getPrototypeOf(file);
await file.close();
const {datasync, truncate} = disk;
const {writevSync} = fs;

function writeBy(write: typeof writevSync): void {
  fs.writevSync = write;
  syncBuiltinESMExports();
}

/** Writes the beginning of what it should. */
const beginning: typeof writevSync = (descriptor, buffers, position) => {
  const [first] = buffers;
  if (!Buffer.isBuffer(first)) throw new Error('Expected buffers.');
  return writevSync(descriptor, [first.subarray(0, 20)], position);
};

const fail: typeof writevSync = () => {
  throw full();
};

test.afterEach.always(() => {
  Object.assign(disk, {datasync, truncate});
  writeBy(writevSync);
});

const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'});

test.serial('an event is acknowledged after it was flushed, never before', async (t) => {
  const {journal} = await reopened(await temporaryFolder(t));
  const flush = Promise.withResolvers<void>();
  const called = Promise.withResolvers<void>();
  disk.datasync = async function (this: typeof disk) {
    called.resolve();
    await flush.promise;
    return datasync.call(this);
  };
  let isAcknowledged = false;
  const kept = journal.append(recordOf('a')).then(() => {
    isAcknowledged = true;
  });
  await called.promise;
  await new Promise(setImmediate);
  t.false(isAcknowledged);
  flush.resolve();
  await kept;
  t.true(isAcknowledged);
  await journal.close();
});

test.serial(
  'a disk that fills up in the midst of a write refuses those events and harms no other',
  async (t) => {
    const folder = await temporaryFolder(t);
    const {journal} = await reopened(folder);
    await journal.append(recordOf('before'));
    let writes = 0;
    writeBy((...words) => {
      writes++;
      beginning(...words);
      throw full();
    });
    const results = await Promise.allSettled(['x', 'y', 'z'].map((id) => journal.append(recordOf(id))));
    for (const result of results)
      t.true(result.status === 'rejected' && result.reason instanceof JournalFailure);
    journal.note({kind: 'attempt', offset: 0, trigger: 'dip/all', attempt: 1, at: 5});
    while (writes < 2) await new Promise(setImmediate);

    writeBy(writevSync);
    t.is((await journal.append(recordOf('after'))).offset, 1);
    await journal.close();
    const {ids, notes, journal: again} = await reopened(folder);
    t.deepEqual(ids, ['before', 'after']);
    t.is(notes.length, 1, 'a note that could not be written goes with the next event');
    await again.close();
  },
);

test.serial('a write that ends short goes on where it ended', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  writeBy(beginning);
  await journal.append(recordOf('in many pieces'));
  writeBy(writevSync);
  await journal.append(recordOf('whole'));
  await journal.close();
  const {ids, journal: again} = await reopened(folder);
  t.deepEqual(ids, ['in many pieces', 'whole']);
  await again.close();
});

test.serial('what a full disk cuts short is taken back, and refused as the disk is full', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  let writes = 0;
  writeBy((...words) => (writes++ === 0 ? beginning(...words) : fail(...words)));
  await t.throwsAsync(journal.append(recordOf('short')), {message: /ENOSPC/});
  writeBy(writevSync);
  await journal.append(recordOf('whole'));
  await journal.close();
  const {ids, journal: again} = await reopened(folder);
  t.deepEqual(ids, ['whole']);
  await again.close();
});

test.serial('a flush that fails refuses its events', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  disk.datasync = () => Promise.reject(new Error('EIO: i/o error, fdatasync'));
  await t.throwsAsync(journal.append(recordOf('lost')), {instanceOf: JournalFailure});
  disk.datasync = datasync;
  await journal.append(recordOf('kept'));
  await journal.close();
  const {ids, journal: again} = await reopened(folder);
  t.deepEqual(ids, ['kept']);
  await again.close();
});

test.serial('nothing is written behind what can not be taken back, until it can', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  await journal.append(recordOf('before'));
  writeBy(fail);
  disk.truncate = () => Promise.reject(new Error('EIO'));
  await t.throwsAsync(journal.append(recordOf('x')), {instanceOf: JournalFailure});
  writeBy(writevSync);
  await t.throwsAsync(journal.append(recordOf('y')), {message: /can not be taken back yet/});
  disk.truncate = truncate;
  t.is((await journal.append(recordOf('z'))).offset, 1);
  await journal.close();
  const {ids, journal: again} = await reopened(folder);
  t.deepEqual(ids, ['before', 'z']);
  await again.close();
});

test.serial('an event that would go into a deleted file is refused, naming it', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  const file = path.join(folder, '0000000000.journal');
  await rm(file);

  await t.throwsAsync(journal.append(recordOf('x')), {
    instanceOf: JournalFailure,
    message: `The journal could not be written: ${file} was deleted.`,
  });
  await journal.close();
});

test.serial('where no new segment can be begun, events are refused until one can', async (t) => {
  const folder = await temporaryFolder(t);
  const options = {segmentBytes: 500};
  const {journal} = await reopened(folder, options);
  for (let length = 0; length < 500; ) {
    const kept = await journal.append(recordOf('fill'));
    length = kept.position + kept.length;
  }
  writeBy(fail);
  for (let n = 0; n < 3; n++) await t.throwsAsync(journal.append(recordOf('x')), {message: /ENOSPC/});
  writeBy(writevSync);
  t.is((await journal.append(recordOf('next'))).segment, 1);
  await journal.close();
  const {ids, journal: again} = await reopened(folder, options);
  t.is(ids.at(-1), 'next');
  t.false(ids.includes('x'));
  await again.close();
});

test.serial('a limit on the size of files is a refusal, and what was kept stays', async (t) => {
  const folder = await temporaryFolder(t);
  const script = path.join(import.meta.dirname, 'fill-the-journal.ts');
  // In blocks of 512 bytes: 64 KiB.
  const command = 'ulimit -f 128; exec "$0" "$1" "$2"';
  const {stdout} = await promisify(execFile)('/bin/sh', ['-c', command, process.execPath, script, folder]);
  const {acknowledged, refused}: {acknowledged: number; refused: string} = JSON.parse(stdout);
  t.true(acknowledged > 10);
  t.regex(refused, /could not be written/);

  const {ids, journal} = await reopened(folder);
  t.is(ids.length, acknowledged);
  await journal.append(recordOf('after'));
  await journal.close();
});
