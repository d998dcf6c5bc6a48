import test from 'ava';
import {type Attempted, type Pending, TriggerQueue} from '../../../services/local/eventing/trigger-queue.ts';
import {stoppedClock} from '../clocks.ts';

const done: Attempted = {again: false};

const pendingOf = (offset: number, key: string | null = null): Pending => ({
  kept: {offset, segment: 0, position: 0, length: 0},
  key,
  attempts: 0,
  failure: null,
});

/** A queue whose attempts end when the test says so. */
function queueOf(concurrency: number) {
  const clock = stoppedClock();
  const begun: number[] = [];
  const ends = new Map<number, (attempted: Attempted) => void>();
  const queue = new TriggerQueue({
    concurrency,
    clock,
    attempt: ({kept: {offset}}) => {
      begun.push(offset);
      return new Promise((resolve) => ends.set(offset, resolve));
    },
  });
  const end = async (offset: number, attempted: Attempted = done) => {
    ends.get(offset)?.(attempted);
    ends.delete(offset);
    await new Promise(setImmediate);
  };
  return {queue, begun, end, clock};
}

test('nothing is attempted before the queue begins, and then in order', (t) => {
  const {queue, begun} = queueOf(10);
  for (const offset of [0, 1, 2]) queue.add(pendingOf(offset));
  t.deepEqual(begun, []);
  queue.begin();
  t.deepEqual(begun, [0, 1, 2]);
});

test('events of one key go one after the other, those of others beside them', async (t) => {
  const {queue, begun, end} = queueOf(10);
  queue.begin();
  queue.add(pendingOf(0, 'a'));
  queue.add(pendingOf(1, 'a'));
  queue.add(pendingOf(2, 'b'));
  queue.add(pendingOf(3, 'a'));
  t.deepEqual(begun, [0, 2]);
  await end(0);
  t.deepEqual(begun, [0, 2, 1]);
  await end(1);
  t.deepEqual(begun, [0, 2, 1, 3]);
});

test('an event that failed holds up its key until its retries are over', async (t) => {
  const {queue, begun, end, clock} = queueOf(10);
  queue.begin();
  queue.add(pendingOf(0, 'a'));
  queue.add(pendingOf(1, 'a'));
  await end(0, {again: true, afterMs: 1_000});
  t.deepEqual(begun, [0]);
  clock.goOn(999);
  t.deepEqual(begun, [0]);
  clock.goOn(1);
  t.deepEqual(begun, [0, 0]);
  await end(0);
  t.deepEqual(begun, [0, 0, 1]);
});

test('only so many are under way, and one that waits for its retry takes no place', async (t) => {
  const {queue, begun, end} = queueOf(2);
  queue.begin();
  for (const offset of [0, 1, 2, 3]) queue.add(pendingOf(offset));
  t.deepEqual(begun, [0, 1]);
  await end(0, {again: true, afterMs: 1_000});
  t.deepEqual(begun, [0, 1, 2]);
  await end(1);
  t.deepEqual(begun, [0, 1, 2, 3]);
  t.is(queue.length, 3);
});

test('a key that was done with can come again', async (t) => {
  const {queue, begun, end} = queueOf(2);
  queue.begin();
  for (const offset of [0, 1, 2]) {
    queue.add(pendingOf(offset, 'a'));
    await end(offset);
  }
  t.deepEqual(begun, [0, 1, 2]);
  t.is(queue.length, 0);
});

test('closing waits for what is under way and begins nothing more', async (t) => {
  const {queue, begun, end, clock} = queueOf(1);
  queue.begin();
  queue.add(pendingOf(0, 'a'));
  queue.add(pendingOf(1, 'a'));
  queue.add(pendingOf(2));
  let isClosed = false;
  const closed = queue.close().then(() => {
    isClosed = true;
  });
  await new Promise(setImmediate);
  t.false(isClosed);
  await end(0, {again: true, afterMs: 10});
  await closed;
  clock.goOn(10_000);
  queue.add(pendingOf(3));
  t.deepEqual(begun, [0]);
});

test('a queue that nothing is under way in closes at once', async (t) => {
  const {queue} = queueOf(1);
  queue.begin();
  await queue.close();
  t.pass();
});
