/** Rules about the YAML of this house. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {version} from '../../services/console/version.ts';
import {longestRequestMs} from '../../services/kit/serve.ts';
import {waitsOf} from '../../services/manifests/absence.ts';
import type {Delivery} from '../../services/manifests/manifests.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';
import {examples} from './examples.ts';

const project = path.join(import.meta.dirname, '../..');

/** The project's own, and those of its examples, which are held to the same rules. */
const folders = ['config/knative', 'triggers', ...examples];
const files = folders.flatMap((folder) =>
  readdirSync(path.join(project, folder))
    .filter((name) => !examples.includes(folder) || name.endsWith('.yaml'))
    .map((name) => path.join(folder, name)),
);
const manifests = readManifests(folders.map((folder) => path.join(project, folder)));
const {services} = await manifests;

/** What takes the place of objects of the plain files, or comes beside them. */
const alternatives = [
  'config/alternatives/class-kafka.yaml',
  'config/alternatives/oidc-event-policies.yaml',
  'config/alternatives/sink-binding.yaml',
  'config/alternatives/wake-ahead.yaml',
  'config/monitoring/alerts.yaml',
];

/** The parts of DIP, and the kinds of objects that make them. */
const components: Readonly<Record<string, readonly string[]>> = {
  access: ['Namespace', 'Role', 'NetworkPolicy', 'EventPolicy'],
  events: ['Broker', 'ConfigMap', 'Trigger', 'EventType', 'SinkBinding'],
  monitoring: ['PrometheusRule'],
  service: ['Service', 'ServiceAccount', 'PodDisruptionBudget'],
};

/** Milliseconds: ingestion's limit on reading one document, the longest that a handler takes. */
const longestDeadlineMs = 20_000;
const hourMs = 3_600_000;
const overKafka = {channel: 'KafkaChannel'} as const;

/** Knative's rules for a container in a namespace with `restricted` pod security. */
const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: {drop: ['ALL']},
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 65532,
  seccompProfile: {type: 'RuntimeDefault'},
};

for (const file of files) {
  test(`${file} holds objects of one kind under a comment, with a number before its name`, (t) => {
    const text = readFileSync(path.join(project, file), 'utf8');

    t.regex(path.basename(file), /^\d\d-[a-z-]+\.yaml$/);
    t.regex(text, /^# \S/);
    t.is(new Set(documentsOf(file).map(({kind}) => kind)).size, 1);
  });
}

test('every object says what part of DIP it is, and of which version, as its pods do', (t) => {
  for (const document of [...files, ...alternatives].flatMap(documentsOf))
    for (const labels of labelsOf(document))
      t.like(labels, ofDip(document.kind), `${document.kind} ${document.metadata.name}`);
});

test('what carries no token says so, and nobody else has a say', (t) => {
  const accounts = files.flatMap(documentsOf).filter(({kind}) => kind === 'ServiceAccount');

  t.deepEqual(accounts.map(({metadata}) => metadata.name).sort(), services.map(({name}) => name).sort());
  for (const account of accounts) t.like(account, {automountServiceAccountToken: false});
});

test('a service has an account of its own, and no token of it', (t) => {
  for (const {name, file} of services) {
    const {serviceAccountName, automountServiceAccountToken} = podOf(file);
    t.is(serviceAccountName, name);
    t.false(automountServiceAccountToken);
  }
});

test('the console is reached from outside, and no other service is', (t) => {
  for (const {name, file} of services) {
    const [document] = documentsOf(path.relative(project, file));
    const visibility = document?.metadata.labels?.['networking.knative.dev/visibility'];
    t.is(visibility, name === 'console' ? undefined : 'cluster-local', name);
  }
});

test('a trigger is named as its file', async (t) => {
  for (const {name, file} of (await manifests).triggers) t.is(path.basename(file).slice(3), `${name}.yaml`);
});

test('nobody is named whom no file tells of, and nothing is missed on one machine', async (t) => {
  t.deepEqual((await manifests).notes, []);
});

test('a service is started from an image of its name: by its name, or by a program that is no service.ts', async (t) => {
  for (const {name, command, says, file} of (await manifests).services) {
    t.is(containerOf(file)?.image, `dip/${name}`);
    if (existsSync(path.join(project, 'services', name))) {
      t.deepEqual(command, ['dip', 'serve', name], file);
      t.deepEqual(says, [], `${file}: what it says is said by its service.ts`);
    } else t.not(command?.[0] ?? 'dip', 'dip', file);
  }
});

test('a service has no more rights than a restricted pod', async (t) => {
  for (const {file} of (await manifests).services)
    t.deepEqual(containerOf(file)?.securityContext, restricted, file);
});

test('a service publishes to a Broker of these files', async (t) => {
  const {services, brokers} = await manifests;
  const base = 'http://broker-ingress.knative-eventing.svc.cluster.local';
  const addresses = brokers.map(({namespace, name}) => `${base}/${namespace}/${name}`);

  for (const {name, env, file} of services)
    if (name !== 'console') t.true(addresses.includes(env['K_SINK'] ?? ''), file);
});

test('an attempt may take two cold starts and the longest deadline, and its service lets it', async (t) => {
  const {triggers, services} = await manifests;

  for (const {name, delivery, subscriber} of triggers) {
    const service = services.find((one) => subscriber.kind === 'service' && one.name === subscriber.name);
    const timeoutMs = delivery.timeoutMs ?? 0;
    t.true(timeoutMs >= 2 * longestStartMs(service?.file ?? '') + longestDeadlineMs, name);
    t.true((service?.timeoutMs ?? 0) >= timeoutMs, name);
  }
});

test('a start has 20 s before its container is ended', (t) => {
  for (const {name, file} of services) t.true(longestStartMs(file) >= 20_000, name);
});

test('Kubernetes takes the probes of the pods that Knative makes', (t) => {
  for (const {name, file} of services)
    for (const [probe, {httpGet}] of Object.entries(probesByKnative(file)))
      t.is(typeof httpGet?.port, 'number', `${probe} of ${name}`);
});

test('a document that comes by a slow line has as long wherever it passes', (t) => {
  for (const name of ['console', 'ingestion'])
    t.is(services.find((service) => service.name === name)?.timeoutMs, longestRequestMs, name);
});

test('an hour without its database loses the archive and the dead letters nothing', async (t) => {
  for (const {name, delivery, subscriber} of (await manifests).triggers) {
    if (subscriber.kind !== 'service' || !['archive', 'dead-letter'].includes(subscriber.name)) continue;
    const waits = waitsOf(delivery, overKafka);
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    t.true(total > 2 * hourMs, `${name} waits for ${total / hourMs} hours`);
    t.true(Math.max(...waits) <= hourMs / 12, `${name} rests for longer than 5 minutes`);
  }
});

test('what the comments say of retries is so', async (t) => {
  const total = (manifest: Delivery) => waitsOf(manifest, overKafka).reduce((sum, wait) => sum + wait, 0);
  const [byDefault, ofDeadLetters] = (await manifests).brokers.map(({delivery}) => total(delivery));

  t.is(byDefault, (7 * 60 + 45) * 1000);
  t.is(Math.floor((ofDeadLetters ?? 0) / 60_000), 6 * 60 + 17);
});

interface Container {
  readonly image: string;
  readonly securityContext?: unknown;
  readonly ports: readonly [{readonly containerPort: number}];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

interface Probe {
  readonly httpGet?: {readonly path: string; readonly port?: number};
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
}

/**
 * Milliseconds from the start of a container until the kubelet ends it, at least: its liveness probe has a beat of its
 * own, so the first miss may come at once.
 */
function longestStartMs(file: string): number {
  const {periodSeconds = 10, failureThreshold = 3} = containerOf(file)?.livenessProbe ?? {};
  return 1000 * periodSeconds * (failureThreshold - 1);
}

/**
 * The probes of the pod that Knative makes of a service: it writes the container's port into the liveness probe and the
 * readiness probe, which its queue-proxy runs, and into no other (`serving:pkg/reconciler/revision/resources/deploy.go`).
 */
function probesByKnative(file: string): Record<string, Probe> {
  const container = containerOf(file);
  if (container === undefined) throw new Error(`${file} holds no container.`);
  const {livenessProbe, readinessProbe, startupProbe, ports} = container;
  const withPort = (probe: Probe): Probe =>
    probe.httpGet === undefined
      ? probe
      : {...probe, httpGet: {...probe.httpGet, port: ports[0].containerPort}};
  return {
    ...(livenessProbe && {livenessProbe: withPort(livenessProbe)}),
    ...(readinessProbe && {readinessProbe: withPort(readinessProbe)}),
    ...(startupProbe && {startupProbe}),
  };
}

function containerOf(file: string): Container | undefined {
  const service: {spec?: {template?: {spec?: {containers?: Container[]}}}} = documentOf(file);
  return service.spec?.template?.spec?.containers?.[0];
}

function podOf(file: string): {serviceAccountName?: string; automountServiceAccountToken?: boolean} {
  const service: {spec?: {template?: {spec?: object}}} = documentOf(file);
  return service.spec?.template?.spec ?? {};
}

interface Document {
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: {readonly template?: {readonly metadata?: Partial<Metadata>}};
}

interface Metadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An object's own labels, and those of the pods that are made of it. */
function labelsOf({metadata, spec}: Document): Metadata['labels'][] {
  const pods = spec?.template?.metadata;
  return pods === undefined ? [metadata.labels] : [metadata.labels, pods.labels];
}

/** The labels that tell of which part and version of DIP an object is. */
function ofDip(kind: string): Record<string, string | undefined> {
  return {
    'app.kubernetes.io/component': Object.keys(components).find((name) => components[name]?.includes(kind)),
    'app.kubernetes.io/part-of': 'dip',
    'app.kubernetes.io/version': version,
  };
}

function documentsOf(file: string): Document[] {
  return parseAllDocuments(readFileSync(path.join(project, file), 'utf8')).map((document) => document.toJS());
}

function documentOf<Shape>(file: string): Shape {
  const [document] = parseAllDocuments(readFileSync(file, 'utf8'));
  return document?.toJS();
}
