import test from 'ava';
import {machines} from '#events';
import {closedFor} from '../../services/routing/closed.ts';

test("a mail of any kind of machine ends, and a person's goes on", (t) => {
  for (const machine of machines) t.is(closedFor({machine, signals: []}), machine);
  t.is(closedFor({machine: null, signals: []}), undefined);
});

test('what a website sends for a person at risk goes on, and a newsletter about risks does not', (t) => {
  t.is(closedFor({machine: 'automatic', signals: ['self-harm']}), undefined);
  t.is(closedFor({machine: 'bulk', signals: ['self-harm']}), 'bulk');
});
