/** What the chart can be told, and that what it is told wrongly it refuses. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {testWithHelm} from './helm.ts';
import {chart} from './objects.ts';
import {readValues, tableOf} from './values.ts';

const values = readValues();
const schema: Schema = JSON.parse(readFileSync(path.join(chart, 'values.schema.json'), 'utf8'));

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

test('each value has a sentence that says what changes with it', (t) => {
  for (const {name, comment} of values) t.regex(comment, /^\S.{15,}[.…]$/, name);
});

test('the README of the chart has the table of the values', (t) => {
  const readme = readFileSync(path.join(chart, 'README.md'), 'utf8');

  t.is(readme.match(/^\| value \|.*\n(?:\|.*\n)+/m)?.[0].trim(), tableOf(values));
});

test('the schema knows the values of the file and no others', (t) => {
  t.deepEqual(
    namesIn(schema)
      .filter((name) => name !== 'global')
      .sort(),
    values.map(({name}) => name).sort(),
  );
});

test('no mapping of the schema takes what it does not name', (t) => {
  const mappings = [...mappingsIn(schema, 'values')];

  t.true(mappings.length > 10);
  for (const [at, {additionalProperties}] of mappings)
    if (at !== 'values.global')
      t.true(additionalProperties === false || typeof additionalProperties === 'object', at);
});

/** What is wrong, by what is set, and what the answer has to hold. */
const refused: Readonly<Record<string, RegExp>> = {
  'image.tga=1': /at '\/image': additional properties 'tga' not allowed/,
  'imgae.tag=x': /at '': additional properties 'imgae' not allowed/,
  'image.tag=9': /at '\/image\/tag': got number, want string/,
  'image.pullPolicy=always': /must be one of '', 'Always', 'IfNotPresent', 'Never'/,
  'image.pullSecrets=registry': /at '\/image\/pullSecrets': got string, want array/,
  'broker.class=kafka': /must be one of 'MTChannelBasedBroker', 'Kafka'/,
  'broker.partitions=0': /minimum: got 0, want 1/,
  'broker.replication=0': /minimum: got 0, want 1/,
  'broker.replication=three': /got string, want integer/,
  'broker.retentionHours=0': /minimum: got 0, want 1/,
  'broker.delivery.retry=-1': /minimum: got -1, want 0/,
  'broker.delivery.retry=500': /maximum: got 500, want 150/,
  'broker.delivery.backoffDelay=2s': /'2s' does not match pattern/,
  'broker.delivery.backoffDelay=PT': /at '\/broker\/delivery\/backoffDelay'/,
  'broker.kafka.bootstrapServers=kafka': /'kafka' does not match pattern/,
  'wakeAhead=yes': /at '\/wakeAhead'/,
  'oidc=yes': /at '\/oidc'/,
  'state.existingSecret=': /at '\/state\/existingSecret'/,
  'state.databaseUrl=postgres://x': /additional properties 'databaseUrl' not allowed/,
  'state.trial.databaseUrl=postgres://x': /Expected all four values under state\.trial or none, got 1\./,
  'telemetry.endpoint=collector:4318': /'collector:4318' does not match pattern/,
  'monitoring.alerts=yes': /at '\/monitoring\/alerts': got string, want boolean/,
  'networkPolicy.enabled=yes': /at '\/networkPolicy\/enabled': got string, want boolean/,
  'networkPolicy.ingressNamespaces={}':
    /at '\/networkPolicy\/ingressNamespaces\/0': '' does not match pattern/,
  'env.OTEL-X=1': /at '\/env'/,
  'env.K_SINK=http://elsewhere':
    /Expected no K_SINK in the values' env: the chart sets it, or a Secret does\./,
  'services.archive.env.DATABASE_URL=postgres://x': /Expected no DATABASE_URL in the values' env/,
  'services.archvie.minScale=1':
    /Expected a name under services from .*archive, .*classification, .*routing.*, got "archvie"\./,
  'services.archive.minscale=1': /at '\/services\/archive': additional properties 'minscale' not allowed/,
  'services.archive.minScale=5': /Expected services\.archive\.minScale up to maxScale, 4, got 5\./,
  'services.archive.target=201': /Expected services\.archive\.target up to concurrency, 200, got 201\./,
  'services.archive.image=dip/archive@sha256:1': /'dip\/archive@sha256:1' does not match pattern/,
  'services.archive.resources.limits.memroy=1Gi': /additional properties 'memroy' not allowed/,
  'services.archive.resources.limits.memory=1Gb': /'1Gb' does not match pattern/,
  'labels.team=a b': /'a b' does not match pattern/,
  'annotations.n=1': /at '\/annotations\/n': got number, want string/,
  'podLabels.team=a b': /'a b' does not match pattern/,
  'nodeSelector.disk=a b': /'a b' does not match pattern/,
  'tolerations[0].effect=NoRun': /must be one of '', 'NoSchedule'/,
  'affinity.nodeAffinty.x=y': /additional properties 'nodeAffinty' not allowed/,
  'topologySpreadConstraints[0].maxSkew=1': /missing properties 'topologyKey', 'whenUnsatisfiable'/,
  'envFrom[0].prefix=A_': /at '\/envFrom\/0': 'oneOf' failed/,
  'volumes[0].name=data': /at '\/volumes\/0': minProperties: got 1, want 2/,
  'volumes[0].name=host,volumes[0].hostPath.path=/': /additional properties 'hostPath' not allowed/,
  'volumeMounts[0].mountPath=data,volumeMounts[0].name=a': /'data' does not match pattern/,
  'securityContext.privileged=true': /additional properties 'privileged' not allowed/,
  'securityContext.runAsUser=root': /at '\/securityContext\/runAsUser': got string/,
  'services.archive.securityContext.fsGroup=1': /additional properties 'fsGroup' not allowed/,
};
for (const [words, answer] of Object.entries(refused)) {
  testWithHelm(`${words} is refused with what is wrong`, async (t, helm) => {
    const {code, stdout, stderr} = await helm('template', 'dip', chart, '--set', words);

    t.is(code, 1);
    t.is(stdout, '');
    t.regex(stderr, answer);
  });
}

testWithHelm('a mapping or list that is said to be null is as empty as by default', async (t, helm) => {
  const empty = values.filter(
    ({name, initial}) => /^(\{\}|\[\])$/.test(JSON.stringify(initial)) && !name.includes('.'),
  );
  const words = ['template', 'dip', chart, '--set', 'identity.create=false'];
  t.true(empty.length >= 14);

  const taken = await helm(...words, '--set', empty.map(({name}) => `${name}=null`).join(','));

  t.is(taken.code, 0, taken.stderr);
  t.is(taken.stdout, (await helm(...words)).stdout);
});

/** The names of all values of a schema. */
function namesIn({properties, additionalProperties}: Schema, above: readonly string[] = []): string[] {
  if (properties === undefined || additionalProperties !== false) return [above.join('.')];
  return Object.entries(properties).flatMap(([name, member]) => namesIn(member, [...above, name]));
}

/** All mappings of a schema with their places. */
function* mappingsIn(at: Schema, name: string): Generator<[string, Schema]> {
  if (at.type === 'object') yield [name, at];
  const members = {...at.properties, ...at.$defs};
  for (const [key, member] of Object.entries(members)) yield* mappingsIn(member, `${name}.${key}`);
  if (typeof at.additionalProperties === 'object') yield* mappingsIn(at.additionalProperties, `${name}.*`);
}
