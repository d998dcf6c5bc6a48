import test from 'ava';
import {foldNotes} from '../../services/manifests/fold-notes.ts';

test('what is said of several objects in the same words is said once', (t) => {
  const notes = [
    '/x/config/a.yaml: Service dip/a: spec.b has no effect on one machine.',
    '/x/config/b.yaml: Service dip/b: spec.b has no effect on one machine.',
    '/x/config/c.yaml: Trigger dip/c: its Broker other does not exist.',
    'Nothing to do on one machine for Namespace.',
  ];

  t.deepEqual(foldNotes(notes, '/x'), [
    'config/a.yaml and 1 more: spec.b has no effect on one machine.',
    'config/c.yaml: its Broker other does not exist.',
    'Nothing to do on one machine for Namespace.',
  ]);
});
