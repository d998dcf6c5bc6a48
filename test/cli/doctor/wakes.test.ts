/** What the doctor says of Triggers that only wake services ahead of their events. */
import test from 'ava';
import {examine} from '../../../services/cli/doctor/checks.ts';
import {files, filesWithWakes, healthy} from './healthy.ts';

test('Triggers that only wake services are held to nothing that is there for events', (t) => {
  const findings = examine(healthy({files: filesWithWakes}));

  t.true(filesWithWakes.length > files.length);
  t.deepEqual(
    findings.filter(({standing}) => standing !== 'ok').map(({check}) => check),
    ['senders'],
  );
  const outlasted = findings.filter(({check}) => check === 'absence').map(({sentence}) => sentence);
  t.regex(outlasted.join('\n'), /^Of what Broker default carries, Trigger /);
  t.notRegex(outlasted.join('\n'), /wakes/);
});
