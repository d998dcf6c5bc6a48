import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {NamedFinding} from '../../services/cli/doctor/finding.ts';
import {dip} from '../cli/process.ts';
import {type Knative, type StoredObject, startKnative} from './knative.ts';

const project = path.join(import.meta.dirname, '../..');
const triggers = path.join(project, 'triggers');
let running: Knative | undefined;

test.before(async (t) => {
  const knative = await startKnative(t);
  running = knative;
  if (knative === undefined) return;
  await knative.apply(path.join(project, 'config/knative'), triggers);
  for (const plural of ['brokers', 'triggers']) {
    for (const {metadata} of knative.kube.list('eventing.knative.dev', plural)) {
      await knative.ready(plural, 'dip', nameIn(metadata));
    }
  }
  playKafka(knative);
});

test.after.always(() => running?.stop());

test.serial(
  'what is missing after the first apply is wrong: exit code 4',
  onKnative(async (t, knative) => {
    const {code, stdout, stderr} = await dip(['doctor', '--kubeconfig', knative.kubeconfig]);

    t.is(code, 4);
    t.regex(stdout, /^ready +ok +2 Brokers are ready\.$/m);
    t.regex(stdout, /^secrets +wrong +Secret dip-state is not there \(database-url, /m);
    t.regex(stdout, /^secrets +wrong +Secret dip-tokens holds no token/m);
    t.regex(stdout, /^identity +wrong +Secret dip-identity is not there:/m);
    t.regex(stdout, /^images +wrong +The images of archive, /m);
    t.regex(stdout, /^controllers +warn +There is no eventing-controller, /m);
    t.regex(stdout, /^drift +ok +All that is deployed is as the \d+ objects of the manifests say\.$/m);
    t.regex(
      stderr,
      /^ {2}secrets: kubectl --kubeconfig \S+ -n dip create secret generic dip-state --from-literal=database-url=/m,
    );
    t.deepEqual(
      [...new Set((await findings(knative)).filter(isWrong).map(({check}) => check))],
      ['secrets', 'identity', 'images'],
    );
  }),
);

test.serial(
  'what was missing is made, and nothing is wrong: exit code 0',
  onKnative(async (t, knative) => {
    const keys = ['database-url', 'blobs-url', 'aws-access-key-id', 'aws-secret-access-key'];
    const data = Object.fromEntries(keys.map((key) => [key, btoa('hunter2')]));
    const secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'dip-state', namespace: 'dip'}, data};
    await done(knative, ['apply', '--validate=false', '-f', '-'], JSON.stringify(secret));
    const made = await dip([
      'token',
      'create',
      'anna',
      '--role',
      'operate',
      '--kubeconfig',
      knative.kubeconfig,
    ]);
    t.is(made.code, 0, made.stderr);
    const keysMade = await dip(['identity', 'create', '--kubeconfig', knative.kubeconfig]);
    t.is(keysMade.code, 0, keysMade.stderr);
    for (const {metadata} of knative.kube.list('serving.knative.dev', 'services')) {
      const image = `registry.example/dip/${nameIn(metadata)}:1.0.0`;
      const patch = JSON.stringify([
        {op: 'replace', path: '/spec/template/spec/containers/0/image', value: image},
      ]);
      await done(knative, ['-n', 'dip', 'patch', 'ksvc', nameIn(metadata), '--type=json', '-p', patch]);
    }

    const {code, stdout, stderr} = await dip(['doctor', '--kubeconfig', knative.kubeconfig]);

    t.is(code, 0, stdout);
    t.false(`${stdout}${stderr}`.includes(btoa('hunter2')));
    t.regex(stdout, /^identity +ok +Secret dip-identity has 1 pair of keys; the console alone can sign\.$/m);
    t.regex(stdout, /^secrets +ok +Secret dip-tokens has 1 key for console\.$/m);
  }),
);

test.serial(
  'a trigger that was deleted is missing',
  onKnative(async (t, knative) => {
    await done(knative, ['-n', 'dip', 'delete', 'trigger', 'all-to-archive']);

    t.regex(
      await wrongSentence(knative, 'drift'),
      /^Trigger all-to-archive is in the manifests and not on the cluster/,
    );

    await knative.apply(triggers);
    await knative.ready('triggers', 'dip', 'all-to-archive');
  }),
);

test.serial(
  'a trigger that hears something else is told with what it hears',
  onKnative(async (t, knative) => {
    const patch = {spec: {filters: [{exact: {type: 'com.dip.document.rejected'}}]}};
    await done(knative, [
      '-n',
      'dip',
      'patch',
      'trigger',
      'classified-to-routing',
      '--type=merge',
      '-p',
      JSON.stringify(patch),
    ]);

    const {stdout} = await dip(['trigger', 'list', '--kubeconfig', knative.kubeconfig]);

    t.regex(
      stdout,
      /^classified-to-routing +default +type = com\.dip\.document\.rejected +Service routing \/events +30 +Broker dead-letters +(yes|-) +/m,
    );
    t.regex(
      await wrongSentence(knative, 'drift'),
      /spec\.filters\[0\]\.exact\.type is "com\.dip\.document\.rejected", not "com\.dip\.document\.classified"\.$/,
    );
    await knative.apply(triggers);
  }),
);

test.serial(
  'a trigger of a Broker that is missing hears nothing',
  onKnative(async (t, knative) => {
    const stray = {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: {name: 'stray', namespace: 'dip', labels: {'app.kubernetes.io/part-of': 'dip'}},
      spec: {broker: 'nowhere', subscriber: {uri: 'http://127.0.0.1:9/events'}},
    };
    await done(knative, ['apply', '--validate=false', '-f', '-'], JSON.stringify(stray));

    const all = await findings(knative);

    t.regex(
      all.find(({check, subject}) => check === 'ready' && subject === 'Trigger stray')?.sentence ?? '',
      /^Trigger stray hears nothing: there is no Broker nowhere in namespace dip\.$/,
    );
    t.regex(
      all.find(({check, subject}) => check === 'drift' && subject === 'Trigger stray')?.sentence ?? '',
      /is on the cluster as part of DIP and in none of the manifests\.$/,
    );
    const {stdout} = await dip(['trigger', 'list', '-b', 'nowhere', '--kubeconfig', knative.kubeconfig]);
    t.regex(stdout, /^stray +nowhere +everything +http:\S+ +- +- +- +-$/m);
    await done(knative, ['-n', 'dip', 'delete', 'trigger', 'stray']);
  }),
);

test.serial(
  'few partitions, small polls and a missing token are each found',
  onKnative(async (t, knative) => {
    playKafka(knative, {partitions: 4, records: 50});
    await done(knative, ['-n', 'dip', 'delete', 'secret', 'dip-tokens']);

    const all = await findings(knative);

    const said = (check: string) =>
      all.find((one) => one.check === check && one.standing !== 'ok')?.sentence ?? '';
    t.regex(said('partitions'), /^Broker dead-letters has 4 partitions|^Broker default has 4 partitions/);
    t.regex(said('channel'), /about 248 events\/s for each Trigger/);
    t.regex(said('secrets'), /^Secret dip-tokens holds no token/);
    t.regex(
      said('drift'),
      /^ConfigMap broker-channel is not as .* line 4 is " {2}numPartitions: 4", not " {2}numPartitions: 32"\.$/,
    );
  }),
);

type Body = (t: ExecutionContext, knative: Knative) => Promise<void>;

/** A test that has nothing to say where Knative can't run; why it can't was said before. */
function onKnative(body: Body): (t: ExecutionContext) => Promise<void> {
  return async (t) => {
    if (running === undefined) return void t.pass();
    await body(t, running);
  };
}

async function findings({kubeconfig}: Knative): Promise<NamedFinding[]> {
  return JSON.parse((await dip(['doctor', '--kubeconfig', kubeconfig, '-o', 'json'])).stdout);
}

const isWrong = ({standing}: NamedFinding) => standing === 'wrong';

async function wrongSentence(knative: Knative, check: string): Promise<string> {
  return (await findings(knative)).find((one) => isWrong(one) && one.check === check)?.sentence ?? '';
}

async function done(knative: Knative, words: readonly string[], input = ''): Promise<void> {
  const {code, stderr} = await knative.kubectl(words, input);
  if (code !== 0) throw new Error(`kubectl ${words.join(' ')}: ${stderr}`);
}

/**
 * Kafka's side of Knative is not here: what plays the API server puts channels in memory in its place. So that the
 * doctor sees what a cluster with Kafka shows, the stored objects are changed under the controllers' hands.
 */
function playKafka({kube}: Knative, {partitions = 32, records = 500} = {}): void {
  const template = `apiVersion: messaging.knative.dev/v1beta1\nkind: KafkaChannel\nspec:\n  numPartitions: ${partitions}\n  replicationFactor: 3\n  retentionDuration: PT168H\n`;
  change(kube.get('', 'configmaps', 'dip', 'broker-channel'), {data: {'channel-template-spec': template}});
  for (const {status} of kube.list('eventing.knative.dev', 'brokers')) {
    change(status, {annotations: {'knative.dev/channelKind': 'KafkaChannel'}});
  }
  kube.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {name: 'config-kafka-channel-data-plane', namespace: 'knative-eventing'},
    data: {'config-kafka-channel-consumer.properties': `max.poll.records=${records}\n`},
  });
}

function change(stored: unknown, fields: StoredObject): void {
  if (typeof stored !== 'object' || stored === null) throw new TypeError('There is no such object.');
  Object.assign(stored, fields);
}

function nameIn(metadata: unknown): string {
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata ? String(metadata.name) : '';
}
