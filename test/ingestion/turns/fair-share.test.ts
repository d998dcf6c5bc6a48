import test from 'ava';
import {FairShare} from '../../../services/ingestion/turns/fair-share.ts';

test('of two that always wait, one with long work and one with short, each gets as much', (t) => {
  const share = new FairShare();
  const had = {long: 0, short: 0};

  for (let turn = 0; turn < 1000; turn++) {
    const next = share.next(['long', 'short']) === 'long' ? 'long' : 'short';
    const amount = next === 'long' ? 20 : 1;
    share.charge(next, amount);
    had[next] += amount;
  }

  t.true(Math.abs(had.long - had.short) <= 20, JSON.stringify(had));
});

test('who did not ask for long has saved up nothing', (t) => {
  const share = new FairShare();
  for (let turn = 0; turn < 100; turn++) {
    share.next(['busy']);
    share.charge('busy', 10);
  }

  const turns = Array.from({length: 10}, () => {
    const next = share.next(['busy', 'idle']) ?? '';
    share.charge(next, 10);
    return next;
  });

  t.deepEqual(turns.filter((name) => name === 'busy').length, 5);
});

test('nobody waits: nobody is next', (t) => {
  t.is(new FairShare().next([]), undefined);
});
