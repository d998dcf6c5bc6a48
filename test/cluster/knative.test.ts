import path from 'node:path';
import test from 'ava';
import {startKnative} from './knative.ts';

const project = path.join(import.meta.dirname, '../..');

test('the manifests are taken by Knative itself, and everything in them becomes ready', async (t) => {
  const knative = await startKnative(t);
  if (knative === undefined) return;
  t.teardown(() => knative.stop());

  await knative.apply(path.join(project, 'config/knative'), path.join(project, 'triggers'));

  const {stdout} = await knative.kubectl(['get', 'brokers,triggers', '-n', 'dip', '-o', 'name']);
  const names = stdout.trim().split('\n');
  t.true(names.includes('broker.eventing.knative.dev/default'));
  t.true(names.length > 8);
  for (const line of names) {
    const [kind = '', name = ''] = line.split('/');
    t.truthy(await knative.ready(`${kind.split('.')[0]}s`, 'dip', name), line);
  }
});
