import {readdir} from 'node:fs/promises';
import test from 'ava';
import {temporaryFolder} from '../folder.ts';
import {recordOf, reopened} from './records.ts';

const day = 86_400_000;

test('whole old segments go, oldest first, and the numbers go on', async (t) => {
  const folder = await temporaryFolder(t);
  let now = 0;
  const options = {segmentBytes: 2_000, retentionMs: day, now: () => now};
  const {journal} = await reopened(folder, options);
  for (let n = 0; n < 50; n++) await journal.append(recordOf(`e${n}`, {acceptedAt: now}));
  const before = (await readdir(folder)).length;
  t.true(before > 3);

  now = day - 1;
  await journal.sweep();
  t.is((await readdir(folder)).length, before);
  now = day + 1;
  await journal.sweep();
  t.is((await readdir(folder)).length, 1);
  await journal.close();

  const {journal: again} = await reopened(folder, options);
  t.deepEqual(again.losses, []);
  t.is((await again.append(recordOf('next', {acceptedAt: now}))).offset, 50);
  await again.close();
});

test('nothing goes that a trigger waits for, nor what came after it', async (t) => {
  const folder = await temporaryFolder(t);
  let now = 0;
  const {journal} = await reopened(folder, {segmentBytes: 2_000, retentionMs: day, now: () => now});
  const kept = [];
  for (let n = 0; n < 50; n++) kept.push(await journal.append(recordOf(`e${n}`, {acceptedAt: 0})));
  const waitedFor = kept[20];
  if (waitedFor === undefined) return t.fail();
  journal.hold(waitedFor);
  now = 10 * day;
  await journal.sweep();
  t.is((await journal.read(waitedFor)).event.attributes['id'], 'e20');
  t.true((await readdir(folder)).length > 1);

  journal.release(waitedFor);
  await journal.sweep();
  t.is((await readdir(folder)).length, 1);
  await journal.close();
});

test('over its size the journal forgets the oldest, and is full only when all is waited for', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder, {
    segmentBytes: 2_000,
    mostBytes: 10_000,
    retentionMs: day,
    now: () => 0,
  });
  const kept = [];
  for (let n = 0; n < 200; n++) kept.push(await journal.append(recordOf(`e${n}`, {acceptedAt: 0})));
  await journal.sweep();
  t.false(journal.isFull);
  t.true((await readdir(folder)).length <= 6);

  const last = kept.at(-1);
  if (last === undefined) return t.fail();
  journal.hold(last);
  for (let n = 0; n < 200; n++) await journal.append(recordOf(`f${n}`, {acceptedAt: 0}));
  await journal.sweep();
  t.true(journal.isFull);
  journal.release(last);
  await journal.sweep();
  t.false(journal.isFull);
  await journal.close();
});
