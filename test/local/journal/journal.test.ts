import {appendFile, readdir, readFile, truncate, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {JournalFailure} from '../../../services/local/journal/journal.ts';
import {eventOf} from '../events.ts';
import {temporaryFolder} from '../folder.ts';
import {recordOf, reopened} from './records.ts';

const settled = (offset: number) =>
  ({
    kind: 'settled',
    offset,
    trigger: 'dip/all',
    settlement: 'delivered',
    attempts: 1,
    at: 2_000,
  }) as const;

const segment = (folder: string, number = 0) =>
  path.join(folder, `${String(number).padStart(10, '0')}.journal`);

test('what was appended is there after a restart, in order, byte for byte', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  const odd = {
    attributes: {...eventOf('odd').attributes, count: 7, flag: true, subject: 'ü☃'},
    data: Buffer.from([0, 255, 10]),
  };
  const none = {attributes: eventOf('none').attributes, data: null};
  const empty = {attributes: eventOf('empty').attributes, data: Buffer.alloc(0)};
  for (const event of [odd, none, empty]) await journal.append(recordOf(event));
  journal.note(settled(1));
  await journal.close();

  const {journal: again, found, notes} = await reopened(folder);
  const read = await Promise.all(found.map(({kept}) => again.read(kept)));
  t.deepEqual(
    read.map(({event}) => event),
    [odd, none, empty],
  );
  t.deepEqual(notes, [settled(1)]);
  t.is(again.nextOffset, 3);
  t.deepEqual(again.losses, []);
  await again.close();
});

test('events that come together share a flush, and each resolves with its own place', async (t) => {
  const {journal} = await reopened(await temporaryFolder(t));
  const kept = await Promise.all(Array.from({length: 200}, (_, n) => journal.append(recordOf(`e${n}`))));
  t.deepEqual(
    kept.map(({offset}) => offset),
    Array.from({length: 200}, (_, n) => n),
  );
  t.is(journal.flushes, 1);
  for (const [n, place] of kept.entries()) t.is((await journal.read(place)).event.attributes['id'], `e${n}`);
  await journal.close();
});

test('an event is written whenever it comes in, however soon after another', async (t) => {
  const {journal} = await reopened(await temporaryFolder(t));
  for (let hops = 0; hops < 30; hops++) {
    await journal.append(recordOf('first'));
    for (let hop = 0; hop < hops; hop++) await null;
    await journal.append(recordOf('second'));
  }
  t.is(journal.nextOffset, 60);
  await journal.close();
});

test('more events than one system call takes are written whole', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  await Promise.all(Array.from({length: 3_000}, (_, n) => journal.append(recordOf(`e${n}`))));
  await journal.close();
  const {ids, journal: again} = await reopened(folder);
  t.is(ids.length, 3_000);
  t.is(ids.at(-1), 'e2999');
  await again.close();
});

test('an end that was torn off at any byte is cut off, and all before it is there', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  const first = await journal.append(recordOf('first'));
  const last = await journal.append(recordOf('last'));
  await journal.close();
  const whole = await readFile(segment(folder));
  for (let length = first.position + first.length; length < last.position + last.length; length += 7) {
    await writeFile(segment(folder), whole.subarray(0, length));
    const {journal: again, ids} = await reopened(folder);
    t.deepEqual(ids, ['first'], `torn at ${length}`);
    t.deepEqual(again.losses, []);
    t.is((await again.append(recordOf('next'))).offset, 1);
    await again.close();
    const {journal: third, ids: after} = await reopened(folder);
    t.deepEqual(after, ['first', 'next']);
    await third.close();
  }
});

test('garbage behind the last record is cut off', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  await journal.append(recordOf('only'));
  await journal.close();
  const size = (await readFile(segment(folder))).length;
  await appendFile(segment(folder), Buffer.alloc(5_000, 0xff));
  const {journal: again, ids} = await reopened(folder);
  t.deepEqual(ids, ['only']);
  await again.close();
  t.is((await readFile(segment(folder))).length, size);
});

test('a harmed record in the middle hides none behind it, and its loss is said', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  const kept = [];
  for (const id of ['a', 'b', 'c', 'd']) kept.push(await journal.append(recordOf(id)));
  journal.note(settled(3));
  await journal.close();
  const bytes = await readFile(segment(folder));
  const harmed = (kept[1]?.position ?? 0) + 40;
  bytes.writeUInt8(bytes.readUInt8(harmed) ^ 1, harmed);
  await writeFile(segment(folder), bytes);

  const {journal: again, ids, notes} = await reopened(folder);
  t.deepEqual(ids, ['a', 'c', 'd']);
  t.deepEqual(notes, [settled(3)]);
  t.is(again.losses.length, 1);
  t.regex(again.losses[0] ?? '', /Lost: event 1; all that follows is there/);
  t.is(again.nextOffset, 4);
  await again.close();
});

test('a length that was harmed to reach beyond the file hides no record behind it', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  const kept = [];
  for (const id of ['a', 'b', 'c']) kept.push(await journal.append(recordOf(id)));
  await journal.close();
  const bytes = await readFile(segment(folder));
  bytes.writeUInt32LE(0x7fffffff, kept[1]?.position ?? 0);
  await writeFile(segment(folder), bytes);
  const {journal: again, ids} = await reopened(folder);
  t.deepEqual(ids, ['a', 'c']);
  t.is(again.losses.length, 1);
  await again.close();
});

test('an event larger than what is read at once is found again', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder);
  await journal.append(recordOf('before'));
  await journal.append(recordOf(eventOf('large', {}, 'x'.repeat(9 * 1024 * 1024))));
  await journal.append(recordOf('after'));
  await journal.close();
  const {journal: again, ids} = await reopened(folder);
  t.deepEqual(ids, ['before', 'large', 'after']);
  await again.close();
});

test('a full segment is followed by another, and a note about an older one counts', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder, {segmentBytes: 1_000});
  for (let n = 0; n < 20; n++) await journal.append(recordOf(`e${n}`));
  journal.note(settled(0));
  await journal.close();
  t.true((await readdir(folder)).length > 3);
  const {journal: again, ids, notes} = await reopened(folder, {segmentBytes: 1_000});
  t.is(ids.length, 20);
  t.deepEqual(notes, [settled(0)]);
  t.is((await again.append(recordOf('next'))).offset, 20);
  await again.close();
});

test('harm at the end of a segment that others follow is said, not cut off', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder, {segmentBytes: 1_000});
  for (let n = 0; n < 12; n++) await journal.append(recordOf(`e${n}`));
  await journal.close();
  const {size} = await readFile(segment(folder)).then(({length}) => ({size: length}));
  await truncate(segment(folder), size - 3);
  const {journal: again, ids} = await reopened(folder);
  t.is(ids.length, 11);
  t.regex(again.losses.join(), /Lost: event \d+; all that follows is there/);
  await again.close();
});

test('a missing segment is said with the events that were in it', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder, {segmentBytes: 1_000});
  for (let n = 0; n < 30; n++) await journal.append(recordOf(`e${n}`));
  await journal.close();
  await writeFile(segment(folder, 1), '');
  const {journal: again} = await reopened(folder);
  t.regex(again.losses.join(), /Lost: event \d+ to \d+/);
  t.is(again.nextOffset, 30);
  await again.close();
});

test('a segment whose making was broken off is begun again', async (t) => {
  const folder = await temporaryFolder(t);
  const {journal} = await reopened(folder, {segmentBytes: 1_000});
  for (let n = 0; n < 3; n++) await journal.append(recordOf(`e${n}`));
  await journal.close();
  await writeFile(segment(folder, 1), 'DIP');
  const {journal: again, ids} = await reopened(folder);
  t.is(ids.length, 3);
  t.is((await again.append(recordOf('next'))).offset, 3);
  await again.close();
  const third = await reopened(folder);
  t.deepEqual(third.ids, ['e0', 'e1', 'e2', 'next']);
  await third.journal.close();
});

test('a file of another format is refused by its name', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(segment(folder), 'something else, of some length');
  await t.throwsAsync(reopened(folder), {message: /0000000000\.journal is no journal/});
});

test('a closed journal refuses, and says why', async (t) => {
  const {journal} = await reopened(await temporaryFolder(t));
  await journal.close();
  const failure = await t.throwsAsync(journal.append(recordOf('late')), {
    instanceOf: JournalFailure,
  });
  t.regex(failure?.message ?? '', /stopping/);
});
