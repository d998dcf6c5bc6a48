import test from 'ava';
import {progressOn} from '../../../services/cli/output/progress.ts';

/** What was written, and a clock that is set by hand. */
function told(terminal: {isTTY?: boolean; columns?: number}) {
  const written: string[] = [];
  const clock = {ms: 0};
  const stream = {...terminal, write: (text: string) => written.push(text)};
  return {written, clock, progress: progressOn(stream, () => clock.ms)};
}

test('on a terminal each text takes the place of the one before, cut to its width', (t) => {
  const {written, progress} = told({isTTY: true, columns: 12});

  progress('1 of 2 taken');
  progress('2 of 2');
  progress('');

  t.deepEqual(written, ['\r\u001b[K1 of 2 tak…', '\r\u001b[K2 of 2', '\r\u001b[K']);
});

test('elsewhere a line of its own comes every ten seconds, and none from what is quicker', (t) => {
  const {written, clock, progress} = told({});

  for (clock.ms = 5; clock.ms <= 25_005; clock.ms += 1000) progress(`after ${clock.ms} ms`);
  progress('');

  t.deepEqual(written, ['after 10005 ms\n', 'after 20005 ms\n']);
});
