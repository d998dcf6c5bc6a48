/** Before it changes anything, the chart looks whether the cluster has what it needs. */
import {testWithHelm} from './helm.ts';
import {chart} from './objects.ts';

/** What a cluster with Knative and its Kafka channel and Brokers says it knows. */
const known = {
  kubernetes: 'v1/Namespace',
  serving: 'serving.knative.dev/v1/Service',
  eventing: 'eventing.knative.dev/v1/Broker',
  eventTypes: 'eventing.knative.dev/v1beta3/EventType',
  channel: 'messaging.knative.dev/v1beta1/KafkaChannel',
  kafkaBroker: 'internal.kafka.eventing.knative.dev/v1alpha1/ConsumerGroup',
};

const missing: readonly (readonly [what: keyof typeof known, broker: string, answer: RegExp])[] = [
  ['serving', 'Kafka', /has no serving\.knative\.dev\/v1\/Service: Knative Serving is missing\./],
  ['eventing', 'Kafka', /has no eventing\.knative\.dev\/v1\/Broker: Knative Eventing is missing\./],
  ['eventTypes', 'Kafka', /v1beta3\/EventType: a newer Knative Eventing is missing\./],
  [
    'channel',
    'MTChannelBasedBroker',
    /KafkaChannel: Knative's Kafka channel \(eventing-kafka-broker\) is missing\./,
  ],
  ['kafkaBroker', 'Kafka', /ConsumerGroup: Knative's Kafka Broker \(eventing-kafka-broker\) is missing\./],
];
for (const [what, broker, answer] of missing) {
  testWithHelm(`a cluster without ${known[what]} is told so with class ${broker}`, async (t, helm) => {
    const {code, stdout, stderr} = await helm(...template(broker), ...versionsWithout(what));

    t.is(code, 1);
    t.is(stdout, '');
    t.regex(stderr, answer);
    t.regex(stderr, /docs\/cluster\.md says how to install it; --set checks=false goes on without\./);
  });

  testWithHelm(
    `a cluster without ${known[what]} is not asked with class ${broker}, if so wished`,
    async (t, helm) => {
      t.is((await helm(...template(broker), ...versionsWithout(what), '--set', 'checks=false')).code, 0);
    },
  );
}

testWithHelm(
  'of the Kafka channel and the Kafka Broker only that of the class has to be there',
  async (t, helm) => {
    t.is((await helm(...template('Kafka'), ...versionsWithout('channel'))).code, 0);
    t.is((await helm(...template('MTChannelBasedBroker'), ...versionsWithout('kafkaBroker'))).code, 0);
  },
);

testWithHelm('without a cluster nothing is asked', async (t, helm) => {
  t.is((await helm('template', 'dip', chart)).code, 0);
});

testWithHelm('a cluster older than Knative runs on is refused', async (t, helm) => {
  const {code, stderr} = await helm('template', 'dip', chart, '--kube-version', '1.33.0');

  t.is(code, 1);
  t.regex(stderr, /chart requires kubeVersion: >=1\.34\.0-0/);
});

function template(broker: string): string[] {
  return ['template', 'dip', chart, '--set', `broker.class=${broker}`];
}

function versionsWithout(what: keyof typeof known): string[] {
  const rest = Object.entries(known).filter(([name]) => name !== what);
  return rest.flatMap(([, version]) => ['--api-versions', version]);
}
