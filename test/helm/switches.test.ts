/** Each value changes what its line says, and nothing else. */
import {rendered, testWithHelm} from './helm.ts';
import {changes, chart, type Objects, plainObjects} from './objects.ts';

const plain = plainObjects('config/knative', 'triggers');
const services = [...plain.keys()].filter((name) => name.startsWith('Service '));
const container = 'spec.template.spec.containers.0';
const template = 'Service archive spec.template';

/** What differs from the default once these words are set, by object and path. */
type Difference = Readonly<Record<string, unknown>>;

const switches: readonly (readonly [words: string, difference: Difference])[] = [
  ['image.registry=registry.example:5000', images((name) => `registry.example:5000/dip/${name}:0.1.0`)],
  ['image.registry=ghcr.io/team', images((name) => `ghcr.io/team/dip/${name}:0.1.0`)],
  ['image.repository=team/dip', images((name) => `team/dip/${name}:0.1.0`)],
  ['image.tag=abc', images((name) => `dip/${name}:abc`)],
  ['image.pullPolicy=Always', ofServices(`${container}.imagePullPolicy`, 'Always')],
  ['image.pullSecrets={first}', ofServices('spec.template.spec.imagePullSecrets.0.name', 'first')],
  ['broker.partitions=64', channel('64', '3', '168')],
  ['broker.replication=1', channel('32', '1', '168')],
  ['broker.retentionHours=24', channel('32', '3', '24')],
  ['broker.delivery.retry=0', {'Broker default spec.delivery.retry': 0}],
  ['broker.delivery.backoffDelay=PT2S', {'Broker default spec.delivery.backoffDelay': 'PT2S'}],
  ['telemetry.endpoint=http://c:4318', appended('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://c:4318')],
  ['env.AWS_REGION=eu-central-1', appended('AWS_REGION', 'eu-central-1')],
  ['labels.team=documents', ofEvery('metadata.labels.team', 'documents')],
  ['networkPolicy.enabled=false', {'NetworkPolicy nobody': 'absent', 'NetworkPolicy knative': 'absent'}],
  [
    'networkPolicy.ingressNamespaces={istio-system,edge}',
    {
      'NetworkPolicy knative spec.ingress.0.from.2.namespaceSelector.matchLabels.kubernetes.io/metadata.name':
        'istio-system',
      'NetworkPolicy knative spec.ingress.0.from.3.namespaceSelector.matchLabels.kubernetes.io/metadata.name':
        'edge',
    },
  ],
  [
    'services.archive.image=r.example/a@sha256:DIGEST',
    {[`Service archive ${container}.image`]: 'r.example/a@sha256:DIGEST'},
  ],
  ['services.archive.minScale=0', {}],
  ['services.archive.minScale=2', ofArchive('min-scale', '2')],
  ['services.archive.maxScale=0', ofArchive('max-scale', '0')],
  ['services.archive.target=150', ofArchive('target', '150')],
  ['services.archive.concurrency=0', {'Service archive spec.template.spec.containerConcurrency': 0}],
  [
    'services.archive.resources.limits.memory=1Gi',
    {[`Service archive ${container}.resources.limits.memory`]: '1Gi'},
  ],
  [
    'services.console.env.DIP_SERVICES_URL=http://one',
    {[`Service console ${container}.env.0.value`]: 'http://one'},
  ],
  ['annotations.team=documents', ofEvery('metadata.annotations.team', 'documents')],
  ['podLabels.team=documents', ofServices('spec.template.metadata.labels.team', 'documents')],
  ['podAnnotations.team=documents', ofServices('spec.template.metadata.annotations.team', 'documents')],
  ['nodeSelector.disk=ssd', ofServices('spec.template.spec.nodeSelector.disk', 'ssd')],
  ['tolerations[0].operator=Exists', ofServices('spec.template.spec.tolerations.0.operator', 'Exists')],
  ['envFrom[0].secretRef.name=proxy', ofServices(`${container}.envFrom.0.secretRef.name`, 'proxy')],
  ['securityContext.runAsUser=null', ofServices(`${container}.securityContext.runAsUser`, 'absent')],
  [
    'securityContext.runAsUser=1000650000',
    ofServices(`${container}.securityContext.runAsUser`, 1_000_650_000),
  ],
  [
    'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight=1',
    ofServices(
      'spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.weight',
      1,
    ),
  ],
  ['services.archive.podLabels.team=documents', {[`${template}.metadata.labels.team`]: 'documents'}],
  [
    'services.archive.podAnnotations.autoscaling\\.knative\\.dev/window=2m',
    {[`${template}.metadata.annotations.autoscaling.knative.dev/window`]: '2m'},
  ],
  ['services.archive.nodeSelector.disk=ssd', {[`${template}.spec.nodeSelector.disk`]: 'ssd'}],
  ['services.archive.pullSecrets={first}', {[`${template}.spec.imagePullSecrets.0.name`]: 'first'}],
  [
    'services.archive.securityContext.readOnlyRootFilesystem=false',
    {[`Service archive ${container}.securityContext.readOnlyRootFilesystem`]: false},
  ],
  ['checks=false', {}],
  ['wakeAhead=true', added('config/alternatives/wake-ahead.yaml')],
  ['state.existingSecret=dip-state', {}],
];
const digest = '0123456789abcdef'.repeat(4);
for (const [words, difference] of switches) {
  testWithHelm(`${words} changes what it says and nothing else`, async (t, helm) => {
    const fill = (text: string) => text.replaceAll('DIGEST', digest);
    const expected: unknown = JSON.parse(fill(JSON.stringify(difference)));

    t.deepEqual(changes(await rendered(helm), await rendered(helm, '--set', fill(words))), expected);
  });
}

const kafka = ['--set', 'broker.class=Kafka'];
const topic = 'ConfigMap broker-kafka data';
const kafkaSwitches: readonly (readonly [words: string, difference: Difference])[] = [
  ['broker.kafka.bootstrapServers=a:1\\,b:2', {[`${topic}.bootstrap.servers`]: 'a:1,b:2'}],
  ['broker.kafka.existingSecret=kafka-user', {[`${topic}.auth.secret.ref.name`]: 'kafka-user'}],
  ['broker.partitions=64', {[`${topic}.default.topic.partitions`]: '64'}],
  ['broker.replication=1', {[`${topic}.default.topic.replication.factor`]: '1'}],
  ['broker.retentionHours=87600', {[`${topic}.default.topic.config.retention.ms`]: '315360000000'}],
  ['broker.delivery.retry=9', {'Broker default spec.delivery.retry': 9}],
];
for (const [words, difference] of kafkaSwitches) {
  testWithHelm(`of class Kafka ${words} changes what it says and nothing else`, async (t, helm) => {
    t.deepEqual(
      changes(await rendered(helm, ...kafka), await rendered(helm, ...kafka, '--set', words)),
      difference,
    );
  });
}

testWithHelm(
  'the Secrets are looked for by the names of the values, wherever they are named',
  async (t, helm) => {
    const words = ['--set', 'state.existingSecret=somewhere', '--set', 'tokens.existingSecret=people'];
    const difference = changes(await rendered(helm), await rendered(helm, ...words));
    const {stdout} = await helm('template', 'dip', chart, ...words);

    t.deepEqual(new Set(Object.values(difference)), new Set(['somewhere', 'people']));
    t.notRegex(stdout, /dip-state|dip-tokens/);
    const naming = services.filter((name) => [...(plain.get(name)?.values() ?? [])].some(isSecret));
    t.true(naming.length >= 7);
    for (const service of naming)
      t.true(
        Object.keys(difference).some((at) => at.startsWith(service)),
        service,
      );
  },
);

function isSecret(value: unknown): boolean {
  return value === 'dip-state' || value === 'dip-tokens';
}

testWithHelm('another cluster domain is in every address', async (t, helm) => {
  const {stdout} = await helm('template', 'dip', chart, '--set', 'clusterDomain=example.internal');

  t.notRegex(stdout, /cluster\.local(?!:9092)/);
  t.regex(stdout, /broker-ingress\.knative-eventing\.svc\.example\.internal/);
});

testWithHelm(
  'what one service is given goes before what all are given, and before telemetry',
  async (t, helm) => {
    const words = [
      'env.A=all',
      'env.B=all',
      'services.routing.env.A=one',
      'telemetry.endpoint=http://c:4318',
    ];
    const objects = await rendered(
      helm,
      '--set',
      words.join(','),
      '--set',
      'services.routing.env.OTEL_EXPORTER_OTLP_ENDPOINT=http://d:4318',
    );

    t.like(environmentOf(objects, 'Service routing'), {
      A: 'one',
      B: 'all',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://d:4318',
    });
    t.like(environmentOf(objects, 'Service archive'), {
      A: 'all',
      B: 'all',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318',
    });
  },
);

testWithHelm('values for trials make the Secret, and are nowhere else', async (t, helm) => {
  const trial = [
    'databaseUrl=postgres://x:hush@y/z',
    'blobsUrl=s3://b',
    'accessKeyId=k',
    'secretAccessKey=hush',
  ];
  const words = ['--set', trial.map((word) => `state.trial.${word}`).join(',')];
  const objects = await rendered(helm, ...words);

  t.deepEqual(changes(await rendered(helm), objects), {'Secret dip-state': 'added'});
  t.like(Object.fromEntries(objects.get('Secret dip-state') ?? []), {
    'stringData.database-url': 'postgres://x:hush@y/z',
    'stringData.blobs-url': 's3://b',
    'stringData.aws-access-key-id': 'k',
    'stringData.aws-secret-access-key': 'hush',
  });
  const {stdout} = await helm('install', 'dip', chart, '--dry-run=client', '--hide-secret', ...words);
  t.regex(stdout, /whoever may read this release reads the passwords/);
  t.notRegex(stdout, /hush/);
});

testWithHelm('the values of the example in their file do what it says', async (t, helm) => {
  const objects = await rendered(helm, '--set-json', 'services={"archive": {"minScale": 1}}');

  t.deepEqual(changes(await rendered(helm), objects), ofArchive('min-scale', '1'));
});

function ofServices(at: string, value: unknown): Difference {
  return Object.fromEntries(services.map((name) => [`${name} ${at}`, value]));
}

function added(file: string): Difference {
  return Object.fromEntries([...plainObjects(file).keys()].map((name) => [name, 'added']));
}

function images(imageOf: (name: string) => string): Difference {
  const named = services.map((name): [string, string] => [name, name.replace('Service ', '')]);
  return Object.fromEntries(named.map(([name, bare]) => [`${name} ${container}.image`, imageOf(bare)]));
}

function ofEvery(at: string, value: unknown): Difference {
  const names = [...plain.keys()].filter((name) => name !== 'Namespace dip');
  return Object.fromEntries(names.map((name) => [`${name} ${at}`, value]));
}

function ofArchive(annotation: string, value: string): Difference {
  return {
    [`Service archive spec.template.metadata.annotations.autoscaling.knative.dev/${annotation}`]: value,
  };
}

/** An environment variable that comes after those of the plain files. */
function appended(name: string, value: string): Difference {
  const differences = services.flatMap((service) => {
    const at = `${service} ${container}.env.${Object.keys(environmentOf(plain, service)).length}`;
    return [
      [`${at}.name`, name],
      [`${at}.value`, value],
    ];
  });
  return Object.fromEntries(differences);
}

/** The environment of a service by name; what a Secret says is undefined. */
function environmentOf(objects: Objects, service: string): Record<string, unknown> {
  const values = objects.get(service) ?? new Map<string, unknown>();
  const names = [...values].filter(([at]) => at.startsWith(`${container}.env.`) && at.endsWith('.name'));
  const own = names.filter(([at]) => !at.includes('secretKeyRef'));
  return Object.fromEntries(own.map(([at, name]) => [name, values.get(at.replace(/name$/, 'value'))]));
}

function channel(partitions: string, replication: string, hours: string): Difference {
  const lines = [
    'apiVersion: messaging.knative.dev/v1beta1',
    'kind: KafkaChannel',
    'spec:',
    `  numPartitions: ${partitions}`,
    `  replicationFactor: ${replication}`,
    `  retentionDuration: PT${hours}H`,
  ];
  return {'ConfigMap broker-channel data.channel-template-spec': `${lines.join('\n')}\n`};
}
