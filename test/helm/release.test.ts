/** A release on Knative's own controllers, from its installation to its end. Helm keeps its releases in PostgreSQL here. */
import test from 'ava';
import {type Knative, startKnative} from '../cluster/knative.ts';
import {type Ran, runProgram} from '../cluster/run-program.ts';
import {tools} from '../cluster/tools.ts';
import {Postgres} from '../state/postgres.ts';
import {chart, project} from './objects.ts';

/** Becoming Ready is waited for; what plays the API server has no schemas, by which Helm checks hooks whatever it is told. */
const wait = [
  ...['--wait', '--timeout', '180s', '--disable-openapi-validation'],
  ...['--set', 'identity.create=false'],
];

test('a release is installed and Ready, upgraded, and gone without a trace', async (t) => {
  const found = await tools(t);
  const knative = await startKnative(t);
  if (found === undefined || knative === undefined) return;
  t.teardown(() => knative.stop());
  const postgres = await Postgres.start();
  t.teardown(() => postgres.remove());
  const helm = (...words: readonly string[]): Promise<Ran> => {
    const store = ['HELM_DRIVER=sql', `HELM_DRIVER_SQL_CONNECTION_STRING=${postgres.url()}?sslmode=disable`];
    const cluster = ['--namespace', 'dip', '--kubeconfig', knative.kubeconfig];
    return runProgram('env', [...store, found.helm, ...words, ...cluster], {cwd: project});
  };
  knative.kube.apply({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'dip'}});

  const installed = await helm('install', 'dip', chart, ...wait);
  t.is(installed.code, 0, installed.stderr);
  t.regex(installed.stdout, /STATUS: deployed/);
  t.is(teamOf(knative), undefined);
  t.is(knative.kube.list('eventing.knative.dev', 'triggers').length, 7);

  const upgrade = ['--set', 'labels.team=documents', '--set', 'broker.delivery.retry=7'];
  const upgraded = await helm('upgrade', 'dip', chart, ...wait, ...upgrade);
  t.is(upgraded.code, 0, upgraded.stderr);
  t.is(teamOf(knative), 'documents');

  const refused = await helm('upgrade', 'dip', chart, ...wait, '--set', 'broker.class=Kafka');
  t.is(refused.code, 1);
  t.regex(refused.stderr, /eventing-kafka-broker\) is missing/);
  t.is(teamOf(knative), 'documents');

  t.is((await helm('uninstall', 'dip')).code, 0);
  for (const plural of ['brokers', 'triggers', 'eventtypes'])
    t.deepEqual(knative.kube.list('eventing.knative.dev', plural), [], plural);
  t.deepEqual(knative.kube.list('serving.knative.dev', 'services'), []);
});

/** What the Broker `default` is labelled with. */
function teamOf({kube}: Knative): unknown {
  const broker: {metadata?: {labels?: {team?: unknown}}} =
    kube.get('eventing.knative.dev', 'brokers', 'dip', 'default') ?? {};
  return broker.metadata?.labels?.team;
}
