import test from 'ava';
import {machines} from '#events';
import {closedFor} from '../../services/routing/closed.ts';

test("a mail of any kind of machine ends, and a person's goes on", (t) => {
  for (const machine of machines) t.is(closedFor({machine, signals: [], double: null}), machine);
  t.is(closedFor({machine: null, signals: [], double: null}), undefined);
});

test('what a website sends for a person at risk goes on, and a newsletter about risks does not', (t) => {
  t.is(closedFor({machine: 'automatic', signals: ['self-harm'], double: null}), undefined);
  t.is(closedFor({machine: 'bulk', signals: ['self-harm'], double: null}), 'bulk');
});

test('who says the same twice is not answered twice, unless they may be at risk', (t) => {
  const double = 'doc-00000000000000000001';

  t.is(closedFor({machine: null, signals: [], double}), 'double');
  t.is(closedFor({machine: 'bounce', signals: [], double}), 'bounce');
  t.is(closedFor({machine: null, signals: ['self-harm'], double}), undefined);
});
