import test from 'ava';
import {Places} from '../../../services/ingestion/turns/places.ts';

test('who was sent away and comes again has the place that it had', (t) => {
  const places = new Places({now: () => 0});

  t.deepEqual(
    ['a', 'b', 'a', 'c', 'b'].map((key) => places.of(key, 'ann')),
    [1, 2, 1, 3, 2],
  );
});

test('of each sender it is known how many wait', (t) => {
  const places = new Places({now: () => 0});
  for (const key of ['a', 'b', 'a']) places.of(key, 'ann');
  places.of('c', 'bob');
  places.leave('a');
  places.leave('nobody');
  places.leave('c');

  t.deepEqual([places.countOf('ann'), places.countOf('bob'), places.countOf('eve')], [1, 0, 0]);
});

test('who does not come again is forgotten, and counts for nothing', (t) => {
  let now = 0;
  const places = new Places({forgetMs: 1_000, now: () => now});
  places.of('a', 'ann');
  places.of('b', 'ann');
  now = 900;
  places.of('a', 'ann');
  now = 1_500;
  places.of('c', 'ann');

  t.is(places.countOf('ann'), 2, 'b was away for too long');
  t.is(places.of('b', 'ann'), 4);
});

test('only so many are known', (t) => {
  const places = new Places({most: 2, now: () => 0});
  for (const key of ['a', 'b', 'c']) places.of(key, 'ann');

  t.is(places.countOf('ann'), 2);
});
