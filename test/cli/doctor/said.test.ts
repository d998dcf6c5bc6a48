/** What the doctor says of what it could not see, of nothing, of too much, and what it never says. */
import test from 'ava';
import {examine} from '../../../services/cli/doctor/checks.ts';
import {kinds} from '../../../services/cli/doctor/snapshot.ts';
import type {JsonObject} from '../../../services/kit/json.ts';
import {files, filesOfKafka, healthy, put, withObject} from './healthy.ts';

test('what one may not see is skipped, and the right is named', (t) => {
  const right = {missingRight: 'list triggers.eventing.knative.dev in namespace dip'};
  const snapshot = healthy({
    deployed: new Map([...healthy().deployed, [kinds.trigger, right]]),
    workloads: new Map([
      ['knative-eventing', {missingRight: 'list deployments.apps in namespace knative-eventing'}],
    ]),
    kafkaChannelConfig: {missingRight: 'get configmaps x in namespace knative-eventing'},
    secretKeys: new Map([['dip-state', {missingRight: 'get secrets dip-state in namespace dip'}]]),
  });

  const findings = examine(snapshot);

  const skipped = findings.filter(({standing}) => standing === 'skipped');
  t.deepEqual(
    new Set(skipped.map(({check}) => check)),
    new Set(['controllers', 'ready', 'drift', 'secrets', 'channel']),
  );
  for (const {sentence} of skipped)
    t.regex(sentence, /^You may not (list|get) .*, so this was not looked at\.$/);
  t.false(findings.some(({standing}) => standing === 'wrong'));
});

test('a cluster whose Brokers are of class Kafka is held against the files of that class', (t) => {
  const findings = examine(healthy({files: filesOfKafka}));

  t.deepEqual(
    findings.filter(({check, standing}) => standing !== 'ok' && check !== 'senders'),
    [],
  );
  t.true(
    findings.some(
      ({check, sentence}) =>
        check === 'partitions' &&
        sentence.startsWith('Broker default polls again while fewer than 50 events (max.poll.records)'),
    ),
  );
  t.regex(findings.find(({check}) => check === 'broker-class')?.sentence ?? '', /of class Kafka,/);
  const otherwise = examine({...healthy({files: filesOfKafka}), files}).filter(
    ({check}) => check === 'drift',
  );
  t.true(otherwise.some(({sentence}) => sentence.startsWith('Broker default is not as the manifests say')));
});

test('a cluster with nothing on it is one finding of drift', (t) => {
  const nothing = new Map([...healthy().deployed.keys()].map((kind) => [kind, {value: []}]));

  const drift = examine(healthy({deployed: nothing})).filter(({check}) => check === 'drift');

  t.deepEqual(
    drift.map(({sentence}) => sentence),
    [`None of the ${files.length - 1} objects of the manifests is on the cluster.`],
  );
});

test('what is part of DIP and in no file is told; what belongs to others is not', (t) => {
  const snapshot = healthy();
  const extra = (name: string, labels: JsonObject) => ({
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: {name, labels},
    spec: {broker: 'default'},
    status: {conditions: [{type: 'Ready', status: 'True'}]},
  });
  const triggers = snapshot.deployed.get(kinds.trigger);
  const value = [
    ...(triggers !== undefined && 'value' in triggers ? triggers.value : []),
    extra('ours', {'app.kubernetes.io/part-of': 'dip'}),
    extra('theirs', {}),
    extra('watching', {'app.kubernetes.io/part-of': 'dip', 'app.kubernetes.io/component': 'monitoring'}),
  ];

  const findings = examine({
    ...snapshot,
    deployed: new Map([...snapshot.deployed, [kinds.trigger, {value}]]),
  });

  t.deepEqual(
    findings
      .filter(({check, standing}) => standing !== 'ok' && check !== 'senders')
      .map(({subject, next}) => [subject, next]),
    [
      [
        'Trigger ours',
        'Add it to the manifests, or: kubectl -n dip delete trigger.eventing.knative.dev ours',
      ],
    ],
  );
});

test('what may be a secret is never shown', (t) => {
  const secret = 'postgres://dip:hunter2@db/dip';
  const env = [
    {name: 'DATABASE_URL', value: secret},
    {name: 'K_SINK', value: 'http://user:hunter2@broker'},
    {name: 'API_TOKEN', value: 'hunter2'},
  ];
  const snapshot = withObject(kinds.service, 'archive', (object) =>
    put(object, ['spec', 'template', 'spec', 'containers'], [{name: 'app', image: 'r.example/archive', env}]),
  );

  const said = JSON.stringify(examine(snapshot).filter(({check}) => check === 'drift'));

  t.true(said.includes('another value'));
  t.false(said.includes('hunter2'));
});
