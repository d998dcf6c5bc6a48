import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {writeKubeconfig} from '../../cluster/kubeconfig.ts';
import {dip} from '../process.ts';
import {standIn} from '../stand-in.ts';

const project = path.join(import.meta.dirname, '../../..');

test('without a cluster the manifests are listed, in the order of the files', async (t) => {
  const brokers = await dip(['brokers', 'ls']);
  const triggers = await dip(['trigger', 'list', '-o', 'name']);

  t.deepEqual([brokers.code, brokers.stderr], [0, '']);
  t.regex(brokers.stdout, /^NAME +CLASS +CHANNEL +TRIGGERS +RETRY +BACKOFF +DEAD-LETTERS +READY +REASON\n/);
  t.regex(
    brokers.stdout,
    /^default +MTChannelBasedBroker +KafkaChannel +\d+ +30 +linear PT1S +Broker dead-letters +- +-$/m,
  );
  t.regex(triggers.stdout, /^received-to-ingestion\ningested-to-classification\n/);
});

test('the triggers of one Broker are listed with what they hear', async (t) => {
  const {stdout} = await dip(['trigger', 'list', '--broker', 'dead-letters', '-o', 'json']);

  const rows: {broker: string; name: string; filter: string}[] = JSON.parse(stdout);
  t.true(rows.length > 0 && rows.every(({broker}) => broker === 'dead-letters'));
  t.is(
    rows.find(({name}) => name === 'undeliverable-to-dead-letter')?.filter,
    'not (type = com.dip.deadletter.kept)',
  );
});

test('manifests that Knative would refuse are not listed', async (t) => {
  const {code, stdout, stderr} = await dip([
    'broker',
    'list',
    '--manifests',
    path.join(project, 'package.json'),
  ]);

  t.deepEqual([code, stdout], [1, '']);
  t.regex(stderr, /package\.json: an object has no apiVersion: it must have one\.\n$/);
});

const brokersOfFiles = `
{apiVersion: v1, kind: ConfigMap, metadata: {name: older, namespace: dip}, data: {channelTemplateSpec: '{apiVersion: messaging.knative.dev/v1, kind: KafkaChannel}'}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: far, namespace: knative-eventing}, data: {channel-template-spec: "kind: KafkaChannel\\napiVersion: messaging.knative.dev/v1"}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: far, namespace: dip}, data: {channel-template-spec: "kind: InMemoryChannel\\napiVersion: messaging.knative.dev/v1"}}
---
{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: by-older-key, namespace: dip}, spec: {config: {apiVersion: v1, kind: ConfigMap, name: older}}}
---
{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: from-afar, namespace: dip}, spec: {config: {apiVersion: v1, kind: ConfigMap, name: far, namespace: knative-eventing}}}
---
{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: bare, namespace: dip}}
`;

test('the channel of a Broker is shown however its files say it', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-brokers-'));
  t.teardown(() => rm(folder, {recursive: true}));
  await writeFile(path.join(folder, 'all.yaml'), brokersOfFiles);

  const {stdout} = await dip(['broker', 'list', '--manifests', folder, '-n', 'dip', '-o', 'json']);

  const rows: {name: string; channel: string; config: string | null}[] = JSON.parse(stdout);
  t.deepEqual(
    rows.map(({name, channel, config}) => [name, channel, config]),
    [
      ['by-older-key', 'KafkaChannel', 'older'],
      ['from-afar', 'KafkaChannel', 'knative-eventing/far'],
      ['bare', 'InMemoryChannel', null],
    ],
  );
});

const young = {
  metadata: {name: 'default', namespace: 'dip'},
  spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'channel', namespace: 'dip'}},
};

test('of a Broker that no controller has looked at yet the ConfigMap says the channel, to who may see it', async (t) => {
  const channelTemplateSpec = '{apiVersion: messaging.knative.dev/v1, kind: KafkaChannel}';
  const {url} = await standIn(t, ({line, headers}) => {
    if (!line.includes('/configmaps/')) {
      return {status: 200, json: {items: line.endsWith('/brokers') ? [young] : []}};
    }
    if (headers.authorization === 'Bearer stranger') return {status: 403, json: {message: 'is forbidden'}};
    return {status: 200, json: {data: {channelTemplateSpec}}};
  });
  const channelFor = async (token: string) => {
    const kubeconfig = await writeKubeconfig(t, url, {user: {token}});
    const {stdout} = await dip(['broker', 'list', '--kubeconfig', kubeconfig, '-o', 'json']);
    return JSON.parse(stdout)[0].channel;
  };

  t.is(await channelFor('operator'), 'KafkaChannel');
  t.is(await channelFor('stranger'), null);
});

const broken = {
  metadata: {name: 'x-to-y', namespace: 'dip', generation: 1},
  spec: {broker: 'nowhere', filters: [{exact: {type: 'x'}}], subscriber: {uri: 'http://y.example'}},
  status: {
    observedGeneration: 1,
    conditions: [
      {
        type: 'BrokerReady',
        status: 'False',
        reason: 'BrokerDoesNotExist',
        message: 'Broker "nowhere" does not exist',
      },
      {
        type: 'Ready',
        status: 'False',
        reason: 'BrokerDoesNotExist',
        message: 'Broker "nowhere" does not exist',
      },
    ],
  },
};

test('with a context the cluster’s are listed, with the reason why one is not ready', async (t) => {
  const {url, arrived} = await standIn(t, ({line}) => ({
    status: 200,
    json: {items: line.endsWith('/triggers') ? [broken] : []},
  }));
  const env = {KUBECONFIG: await writeKubeconfig(t, url, {context: 'kind-dip'})};

  const {code, stdout, stderr} = await dip(['trigger', 'list', '--context', 'kind-dip', '-n', 'other'], {
    env,
  });

  t.deepEqual([code, stderr], [0, '']);
  t.regex(stdout, /^x-to-y +nowhere +type = x +http:\/\/y\.example +- +- +no +BrokerDoesNotExist$/m);
  t.true(arrived.every(({line}) => line.startsWith('GET /apis/eventing.knative.dev/v1/namespaces/other/')));
});

test('a cluster with none says what to do, and one without Knative says so', async (t) => {
  const {url} = await standIn(t, ({line}) =>
    line.includes('/namespaces/bare/') ? {status: 404, json: {}} : {status: 200, json: {items: []}},
  );
  const kubeconfig = await writeKubeconfig(t, url);

  const none = await dip(['broker', 'list', '--kubeconfig', kubeconfig]);
  const bare = await dip(['broker', 'list', '--kubeconfig', kubeconfig, '-n', 'bare']);

  t.is(
    none.stderr,
    `No Brokers in namespace dip of context here. Next: kubectl --kubeconfig ${kubeconfig} apply -f config/knative -f triggers\n`,
  );
  t.is(bare.code, 1);
  t.regex(bare.stderr, /knows no brokers: install Knative Eventing 1\.22 there first\.\n$/);
});

test('files and a cluster at once are refused', async (t) => {
  const {code, stderr} = await dip(['broker', 'list', '--manifests', 'triggers', '--context', 'x']);

  t.is(code, 2);
  t.regex(stderr, /^`--manifests` says what is in files, .*: one of them\.\n$/);
});
