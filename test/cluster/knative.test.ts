import {readFileSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {folder} from '../kit/serving.ts';
import {startKnative} from './knative.ts';

const project = path.join(import.meta.dirname, '../..');

test.serial('the manifests are taken by Knative itself, and everything in them becomes ready', async (t) => {
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

/** The command that a file's own comment gives, without its name. */
function commandIn(file: string): string[] {
  const text = readFileSync(path.join(project, file), 'utf8').replaceAll(/^# ?/gm, '');
  const [, words = ''] = /^\s*kubectl (apply (?:[^\n]*\\\n)*[^\n]*)/m.exec(text) ?? [];
  return words
    .split(/[\s\\]+/)
    .filter(Boolean)
    .map((word) => word.replaceAll("'", ''));
}

test.serial(
  'the command of class Kafka puts its Brokers in the place of the others, and Knative takes all of it',
  async (t) => {
    const knative = await startKnative(t);
    if (knative === undefined) return;
    t.teardown(() => knative.stop());
    const words = commandIn('config/alternatives/class-kafka.yaml').map((word) =>
      /^(config|triggers)/.test(word) ? path.join(project, word) : word,
    );

    const {code, stdout, stderr} = await knative.kubectl([...words, '--validate=false']);

    t.is(code, 0, stderr);
    t.true(stdout.includes('trigger.eventing.knative.dev/received-to-ingestion created'));
    t.true(stdout.includes('sinkbinding.sources.knative.dev/services-to-default created'));
    t.false(stdout.includes('configmap/broker-channel'));
    for (const name of ['default', 'dead-letters']) {
      const broker = knative.kube.get('eventing.knative.dev', 'brokers', 'dip', name);
      t.like(broker?.['metadata'], {annotations: {'eventing.knative.dev/broker.class': 'Kafka'}});
    }
  },
);

test.serial(
  'what else may be otherwise is taken by Knative too, and policies only where OIDC is on',
  async (t) => {
    const knative = await startKnative(t);
    if (knative === undefined) return;
    t.teardown(() => knative.stop());
    await knative.apply(path.join(project, 'config/knative/00-namespace.yaml'));

    for (const file of ['sink-binding.yaml', 'state-for-development.yaml', 'wake-ahead.yaml'])
      await t.notThrowsAsync(knative.apply(await withoutPriorities(t, file)), file);
    await t.throwsAsync(knative.apply(path.join(project, 'config/alternatives/oidc-event-policies.yaml')), {
      message: /oidc-authentication feature not enabled/,
    });
  },
);

/** A file of config/alternatives without its PriorityClass, which what plays the API server has no resource for. */
async function withoutPriorities(t: ExecutionContext, file: string): Promise<string> {
  const text = await readFile(path.join(project, 'config/alternatives', file), 'utf8');
  const objects = text.split(/^---\n/m).filter((object) => !/^kind: PriorityClass$/m.test(object));
  const copy = path.join(folder(t), file);
  await writeFile(copy, objects.join('---\n'));
  return copy;
}
