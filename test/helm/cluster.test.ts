/** The chart on Knative's own webhooks and controllers. */
import type {ExecutionContext} from 'ava';
import {type Knative, startKnative} from '../cluster/knative.ts';
import {type Helm, testWithHelm} from './helm.ts';
import {chart, objectsIn} from './objects.ts';

const groups: Readonly<Record<string, string>> = {
  brokers: 'eventing.knative.dev',
  triggers: 'eventing.knative.dev',
  services: 'serving.knative.dev',
};

testWithHelm(
  'what the chart makes is taken by Knative and becomes Ready, in any namespace',
  async (t, helm) => {
    const knative = await startKnative(t);
    if (knative === undefined) return;
    t.teardown(() => knative.stop());

    for (const namespace of ['dip', 'elsewhere']) {
      const names = await install(t, {knative, helm, namespace});
      for (const [kind, name] of names) {
        const plural = `${kind.toLowerCase()}s`;
        if (kind === 'Broker' || kind === 'Trigger' || kind === 'Service')
          await t.notThrowsAsync(knative.ready(plural, namespace, name, groups[plural]));
      }
      t.true(names.length >= 33);
    }
  },
);

testWithHelm(
  'Knative takes class Kafka of the chart, and then no other class in its place',
  async (t, helm) => {
    const knative = await startKnative(t);
    if (knative === undefined) return;
    t.teardown(() => knative.stop());
    await install(t, {knative, helm, namespace: 'dip', words: ['--set', 'broker.class=Kafka']});

    const onCluster = [
      '--dry-run=server',
      '--disable-openapi-validation',
      '--kubeconfig',
      knative.kubeconfig,
    ];
    const {code, stderr} = await helm('install', 'dip', chart, '--namespace', 'dip', ...onCluster);
    t.is(code, 1);
    t.regex(
      stderr,
      /The Broker default is of class Kafka, which can't be changed to MTChannelBasedBroker: delete it/,
    );
  },
);

testWithHelm('a cluster without class Kafka says so before anything is changed', async (t, helm) => {
  const knative = await startKnative(t);
  if (knative === undefined) return;
  t.teardown(() => knative.stop());
  const onCluster = ['--dry-run=server', '--disable-openapi-validation', '--kubeconfig', knative.kubeconfig];
  const install = ['install', 'dip', chart, '--namespace', 'dip', ...onCluster];

  const refused = await helm(...install, '--set', 'broker.class=Kafka');
  t.is(refused.code, 1);
  t.regex(refused.stderr, /Knative's Kafka Broker \(eventing-kafka-broker\) is missing\./);
  const taken = await helm(...install);
  t.is(taken.code, 0, taken.stderr);
  t.regex(taken.stdout, /There is no Secret dip-state yet/);
  knative.kube.apply({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'dip-state', namespace: 'dip'}});
  t.notRegex((await helm(...install)).stdout, /There is no Secret/);
});

interface Installation {
  readonly knative: Knative;
  readonly helm: Helm;
  readonly namespace: string;
  readonly words?: readonly string[];
}

/** Applies what the chart makes; resolves to the kinds and names of it. */
async function install(
  t: ExecutionContext,
  {knative, helm, namespace, words = []}: Installation,
): Promise<[string, string][]> {
  const {stdout} = await helm('template', 'dip', chart, '--namespace', namespace, '--no-hooks', ...words);
  const applied = await knative.kubectl(['apply', '--validate=false', '-f', '-'], stdout);
  t.is(applied.code, 0, applied.stderr);
  return [...objectsIn(stdout).keys()].map((name): [string, string] => {
    const [kind = '', bare = ''] = name.split(' ');
    return [kind, bare];
  });
}
