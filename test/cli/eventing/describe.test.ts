import test from 'ava';
import {writeKubeconfig} from '../../cluster/kubeconfig.ts';
import {dip} from '../process.ts';
import {standIn} from '../stand-in.ts';

test('a trigger of the manifests is described with what its Broker gives it', async (t) => {
  const {code, stdout, stderr} = await dip(['trigger', 'describe', 'received-to-ingestion']);

  t.deepEqual([code, stderr], [0, '']);
  t.is(
    stdout,
    `received-to-ingestion: as the manifests have it

Namespace     dip
Broker        default
Hears         type = com.dip.document.received
Subscriber    Service ingestion /events
Retry         30
Backoff       linear PT1S
Timeout       PT60S
Dead letters  Broker dead-letters
`,
  );
});

test('a Broker is described with those that hear it', async (t) => {
  const {stdout} = await dip(['broker', 'show', 'dead-letters']);

  t.regex(stdout, /^Heard by {6}undeliverable-to-dead-letter, dead-letters-to-archive$/m);
});

test('a name that is not there is exit code 3, and the nearest is named', async (t) => {
  const {code, stdout, stderr} = await dip(['broker', 'describe', 'defualt']);

  t.deepEqual([code, stdout], [3, '']);
  t.regex(stderr, /^There is no Broker defualt in .*; did you mean `default`\?\n$/);
});

test('a cluster’s trigger is described condition by condition', async (t) => {
  const when = '2026-01-15T09:00:00Z';
  const said = {reason: 'Unable to get the Subscriber’s URI', message: 'services "y" not found'};
  const conditions = [
    {type: 'BrokerReady', status: 'True', lastTransitionTime: when},
    {type: 'SubscriberResolved', status: 'False', lastTransitionTime: when, ...said},
    {type: 'Ready', status: 'False', lastTransitionTime: when, ...said},
  ];
  const trigger = {
    metadata: {name: 'x-to-y', namespace: 'dip', generation: 1},
    spec: {broker: 'default', subscriber: {ref: {kind: 'Service', name: 'y'}}},
    status: {observedGeneration: 1, conditions},
  };
  const {url} = await standIn(t, ({line}) => ({
    status: 200,
    json: {items: line.endsWith('/triggers') ? [trigger] : []},
  }));
  const words = ['trigger', 'describe', 'x-to-y', '--kubeconfig', await writeKubeconfig(t, url)];

  const {code, stdout} = await dip(words);
  const json: unknown = JSON.parse((await dip([...words, '-o', 'json'])).stdout);

  t.is(code, 0);
  t.regex(stdout, /^x-to-y: not ready \(Unable to get the Subscriber’s URI, services "y" not found\)\n/);
  t.regex(
    stdout,
    /^Conditions\n {2}BrokerReady +True +2026-01-15T09:00:00Z\n {2}SubscriberResolved +False .*: services "y" not found$/m,
  );
  t.like(json, {name: 'x-to-y', ready: false, condition: 'SubscriberResolved', conditions});
});
