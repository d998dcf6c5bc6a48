import test from 'ava';
import fc from 'fast-check';
import {Bucket} from '../../../services/gateway/people/rate.ts';

test('a sixth of a minute’s requests may come at once, and the others as time goes by', (t) => {
  const bucket = new Bucket(1_200, 0);
  for (let count = 0; count < 200; count++) t.true(bucket.take(0).isAllowed);
  t.like(bucket.take(0), {isAllowed: false, remaining: 0, retrySeconds: 1, resetSeconds: 10, burst: 200});
  t.true(bucket.take(50).isAllowed);
  t.false(bucket.take(50).isAllowed);
  t.like(bucket.take(10_050), {isAllowed: true, remaining: 199});
});

test('the slowest rate waits for a minute', (t) => {
  const bucket = new Bucket(1, 0);
  t.like(bucket.take(0), {isAllowed: true, burst: 1, remaining: 0});
  t.like(bucket.take(1_000), {isAllowed: false, retrySeconds: 59});
  t.true(bucket.take(60_000).isAllowed);
});

test('nobody gets more than a burst and what time has brought, and who waits as told gets in', (t) => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 100_000}),
      fc.array(fc.integer({min: 0, max: 5_000}), {minLength: 1, maxLength: 300}),
      (rate, waits) => {
        const bucket = new Bucket(rate, 0);
        let now = 0;
        let allowed = 0;
        for (const wait of waits) {
          now += wait;
          const {isAllowed, retrySeconds} = bucket.take(now);
          if (isAllowed) allowed += 1;
          else if (wait % 7 === 0) {
            now += retrySeconds * 1_000;
            if (!bucket.take(now).isAllowed) return false;
            allowed += 1;
          }
        }
        return allowed <= Math.max(1, Math.ceil(rate / 6)) + (now / 60_000) * rate + 1e-6;
      },
    ),
  );
  t.pass();
});
