import test from 'ava';
import {commandWords} from '../../services/manifests/command-words.ts';
import {durationMs} from '../../services/manifests/duration.ts';
import {goDurationMs} from '../../services/manifests/go-duration.ts';

test('an ISO 8601 duration counts each number to a tenth, as Knative reads it', (t) => {
  const durations: Record<string, number | undefined> = {
    'PT0.5S': 500,
    'PT0,5S': 500,
    'PT0.25S': 200,
    PT60S: 60_000,
    PT1M: 60_000,
    PT168H: 604_800_000,
    P1D: 86_400_000,
    P1W: 604_800_000,
    P1DT1H: 90_000_000,
    P1Y: 31_556_952_000,
    '-PT1S': -1000,
    '+PT1S': 1000,
    P0: 0,
    PT0S: 0,
    P: undefined,
    PT: undefined,
    '': undefined,
    '1s': undefined,
    PT1: undefined,
    pt1s: undefined,
    'PT1S ': undefined,
  };

  for (const [text, milliseconds] of Object.entries(durations)) t.is(durationMs(text), milliseconds, text);
});

test('a duration of an annotation is read as Go reads it', (t) => {
  const durations: Record<string, number | undefined> = {
    '60s': 60_000,
    '1m30s': 90_000,
    '1.5h': 5_400_000,
    '100ms': 100,
    '0': 0,
    '-1s': -1000,
    '60': undefined,
    '': undefined,
    '1 s': undefined,
  };

  for (const [text, milliseconds] of Object.entries(durations)) t.is(goDurationMs(text), milliseconds, text);
});

test('a command is split into words as a shell splits it', (t) => {
  t.deepEqual(commandWords('dip serve routing'), ['dip', 'serve', 'routing']);
  t.deepEqual(commandWords(`  python 'my "x".py' "a \\"b\\"" c\\ d ""  `), [
    'python',
    'my "x".py',
    'a "b"',
    'c d',
    '',
  ]);
  t.deepEqual(commandWords(`a'b'"c"`), ['abc']);
  t.deepEqual(commandWords(''), []);
  t.is(commandWords(`a 'b`), undefined);
  t.is(commandWords('a \\'), undefined);
});
