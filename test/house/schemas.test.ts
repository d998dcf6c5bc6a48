/** Every object of the YAML fits the schema of its kind, and has no field that a cluster would pass over. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {judgeCoreKind} from '../manifests/core-kinds.ts';
import {readSchemas} from '../manifests/crd-schemas.ts';
import {skip} from '../skip.ts';
import {examples} from './examples.ts';

const project = path.join(import.meta.dirname, '../..');
const definitions = path.join(project, '../shared/crds');

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly delivery?: unknown;
    readonly template?: {readonly metadata?: Document['metadata']};
  };
}

const documents = ['config/knative', 'triggers', 'config/alternatives', ...examples]
  .flatMap((folder) => readdirSync(path.join(project, folder)).map((name) => path.join(folder, name)))
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    parseAllDocuments(readFileSync(path.join(project, file), 'utf8')).map((parsed): [string, Document] => [
      file,
      parsed.toJS(),
    ]),
  );

/** Groups whose kinds come with Knative's and Strimzi's custom resources. */
const isCustom = ({apiVersion}: Document) => /\.(knative\.dev|strimzi\.io)\//.test(apiVersion);

test('objects of Kubernetes’ own kinds have no field that it does not know', (t) => {
  const judged = documents.filter(([, document]) => !isCustom(document));

  for (const [file, document] of judged)
    t.deepEqual(judgeCoreKind(document.apiVersion, document.kind, document), [], file);
  t.true(judged.length > 10);
  const misspelt = {spec: {podSelector: {}, ingres: []}};
  t.deepEqual(judgeCoreKind('networking.k8s.io/v1', 'NetworkPolicy', misspelt), ['.spec.ingres is unknown']);
  t.is(judgeCoreKind('v1', 'Nonsense', {}), undefined);
});

test('objects of custom kinds fit their schema, with no field that it does not know', async (t) => {
  if (!existsSync(definitions)) {
    skip(t, `the schemas of the custom resources are not at ${definitions}`);
    return;
  }
  const judge = await readSchemas(definitions);
  const judged = documents.filter(([, document]) => isCustom(document));

  for (const [file, document] of judged)
    t.deepEqual(judge(document.apiVersion, document.kind, document), [], `${file} ${document.kind}`);
  t.true(judged.length > 20);
  const misspelt = {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    spec: {subscriber: {ref: {nmae: 'x'}}},
  };
  t.is(judge(misspelt.apiVersion, misspelt.kind, misspelt)?.length, 1);
});

/**
 * Annotations and labels that mean something: to Knative Serving (serving:pkg/apis/autoscaling/register.go,
 * pkg/apis/serving/register.go), Knative Eventing, Kubernetes, Strimzi, or DIP on one machine.
 */
const meaningful = new Set([
  ...[
    'class',
    'metric',
    'target',
    'min-scale',
    'max-scale',
    'initial-scale',
    'window',
    'activation-scale',
  ].map((name) => `autoscaling.knative.dev/${name}`),
  'autoscaling.knative.dev/scale-to-zero-pod-retention-period',
  'autoscaling.knative.dev/scale-down-delay',
  'autoscaling.knative.dev/target-burst-capacity',
  'eventing.knative.dev/broker.class',
  'networking.knative.dev/visibility',
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
  'pod-security.kubernetes.io/enforce',
  'pod-security.kubernetes.io/enforce-version',
  'pod-security.kubernetes.io/warn',
  'strimzi.io/cluster',
  'dip.dev/broker-class',
  'dip.dev/command',
  'dip.dev/says',
]);

test('no annotation and no label is one that nobody reads', (t) => {
  for (const [file, document] of documents) {
    const unknown = metadataOf(document).flatMap(({labels = {}, annotations = {}}) =>
      [...Object.keys(labels), ...Object.keys(annotations)].filter((key) => !meaningful.has(key)),
    );
    t.deepEqual(unknown, [], file);
  }
});

/** The metadata of an object and of the template in it. */
function metadataOf(document: Document): Document['metadata'][] {
  const {spec} = document;
  return [document.metadata, ...(spec?.template?.metadata === undefined ? [] : [spec.template.metadata])];
}

/** What exists once in a cluster, or is said anew by an alternative that is applied in its stead or with it. */
test('an object is written once, but for what takes the place of another', (t) => {
  const seen = new Map<string, string[]>();
  for (const [file, {kind, metadata}] of documents) {
    const key = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    seen.set(key, [...(seen.get(key) ?? []), path.basename(file)]);
  }
  const twice = [...seen].filter(([, files]) => files.length > 1);

  t.deepEqual(Object.fromEntries(twice), {
    'Broker dip/default': ['20-broker.yaml', 'class-kafka.yaml'],
    'Broker dip/dead-letters': ['25-dead-letters.yaml', 'class-kafka.yaml'],
    'SinkBinding dip/services-to-default': ['class-kafka.yaml', 'sink-binding.yaml'],
    'SinkBinding dip/dead-letter-to-dead-letters': ['class-kafka.yaml', 'sink-binding.yaml'],
  });
});

test('of each class there are the same Brokers, which try as hard and as long', (t) => {
  const ofClass = (name: string) =>
    documents.flatMap(([, document]) =>
      document.kind === 'Broker' && document.metadata.labels?.['dip.dev/broker-class'] === name
        ? [{name: document.metadata.name, delivery: document.spec?.delivery}]
        : [],
    );

  t.deepEqual(ofClass('Kafka'), ofClass('MTChannelBasedBroker'));
  t.is(ofClass('Kafka').length, 2);
});
