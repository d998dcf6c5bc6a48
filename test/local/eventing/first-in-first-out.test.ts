import test from 'ava';
import fc from 'fast-check';
import {FirstInFirstOut} from '../../../services/local/eventing/first-in-first-out.ts';

test('it gives what an array would, whatever is pushed and shifted', (t) => {
  const steps = fc.array(fc.oneof(fc.constant('shift' as const), fc.integer()), {
    maxLength: 4_000,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, (sequence) => {
      const queue = new FirstInFirstOut<number>();
      const array: number[] = [];
      for (const step of sequence) {
        if (step === 'shift') t.is(queue.shift(), array.shift());
        else {
          queue.push(step);
          array.push(step);
        }
        if (queue.length !== array.length) return false;
      }
      return true;
    }),
    {numRuns: 20},
  );
});

test('a long queue gives its room back', (t) => {
  const queue = new FirstInFirstOut<number>();
  for (let item = 0; item < 10_000; item++) queue.push(item);
  for (let item = 0; item < 10_000; item++) t.is(queue.shift(), item);
  t.is(queue.shift(), undefined);
  queue.push(1);
  t.is(queue.shift(), 1);
});
