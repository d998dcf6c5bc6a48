import test from 'ava';
import {backoffMs} from '../../services/manifests/backoff.ts';

const waits = (policy: 'linear' | 'exponential', countsFrom: 0 | 1, delayMs: number | null = 200) =>
  [1, 2, 3, 4].map((retry) => backoffMs(retry, {policy, delayMs, countsFrom}));

test('over Kafka the first retry waits once or twice the delay', (t) => {
  t.deepEqual(waits('linear', 1), [200, 400, 600, 800]);
  t.deepEqual(waits('exponential', 1), [400, 800, 1600, 3200]);
});

test('in memory the first retry waits not at all or once the delay', (t) => {
  t.deepEqual(waits('linear', 0), [0, 200, 400, 600]);
  t.deepEqual(waits('exponential', 0), [200, 400, 800, 1600]);
});

test('without a delay retries follow at once', (t) => {
  t.deepEqual(waits('exponential', 1, null), [0, 0, 0, 0]);
});
