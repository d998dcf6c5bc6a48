import test from 'ava';
import {ReadAhead} from '../../../services/local/journal/read-ahead.ts';

/** A file that grows, and how often it was read. */
function fileOf(length: number) {
  const all = Buffer.from(Array.from({length: 2_000_000}, (_, n) => n % 251));
  const file = {length, reads: 0, all};
  const ahead = new ReadAhead(async (_segment, position, wanted) => {
    file.reads++;
    return all.subarray(position, Math.min(position + wanted, file.length));
  });
  return {file, ahead};
}

test('what lies together is read at once', async (t) => {
  const {file, ahead} = fileOf(200_000);
  for (let position = 0; position < 199_000; position += 1_000)
    t.deepEqual(await ahead.bytes(0, position, 1_000), file.all.subarray(position, position + 1_000));
  t.is(file.reads, 1);
});

test('what was written after its piece was read is found', async (t) => {
  const {file, ahead} = fileOf(1_000);
  await ahead.bytes(0, 0, 1_000);
  file.length = 2_000;
  t.deepEqual(await ahead.bytes(0, 1_000, 1_000), file.all.subarray(1_000, 2_000));
});

test('what lies across two pieces, or is larger than one, is whole', async (t) => {
  const {file, ahead} = fileOf(2_000_000);
  for (const [position, length] of [
    [256 * 1024 - 10, 20],
    [100, 1_000_000],
  ] as const)
    t.deepEqual(await ahead.bytes(0, position, length), file.all.subarray(position, position + length));
});

test('a read that failed is made again', async (t) => {
  let reads = 0;
  const ahead = new ReadAhead(async () => {
    reads++;
    if (reads === 1) throw new Error('EIO');
    return Buffer.from('whole');
  });
  await t.throwsAsync(ahead.bytes(0, 0, 5), {message: 'EIO'});
  t.is((await ahead.bytes(0, 0, 5)).toString(), 'whole');
});
