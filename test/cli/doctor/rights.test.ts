/** The doctor asks for what the Role of the manifests and the roles of its page allow, and for nothing else. */
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {parse, parseAllDocuments} from 'yaml';
import {newKeyPair} from '#kit/wire';
import {deployedOf, type Snapshot} from '../../../services/cli/doctor/snapshot.ts';
import {type JsonObject, textAt} from '../../../services/kit/json.ts';
import {writeKubeconfig} from '../../cluster/kubeconfig.ts';
import {dip} from '../process.ts';
import {type Answer, standIn} from '../stand-in.ts';
import {healthy} from './healthy.ts';

const project = path.join(import.meta.dirname, '../../..');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Role {
  readonly metadata: {readonly namespace?: string};
  readonly rules: readonly Rule[];
}

/** What a path below the API server asks for; undefined for discovery, which every person may do who is known. */
interface Asked {
  readonly group: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

const {privatePem, publicPem} = newKeyPair(new Date());
const keys = {
  'private.pem': Buffer.from(privatePem).toString('base64'),
  'public.pem': Buffer.from(publicPem).toString('base64'),
};

const roles: readonly Role[] = [
  parse(await readFile(path.join(project, 'config/knative/35-operator-role.yaml'), 'utf8')),
  ...(await rolesOfPage()),
];

test('a healthy cluster is exit code 0, seen with no right but those that are written down', async (t) => {
  const snapshot = healthy();
  const {url, arrived} = await standIn(t, ({line}) => answerOf(line, snapshot));
  const kubeconfig = await writeKubeconfig(t, url);

  const {code, stdout, stderr} = await dip(['doctor', '--kubeconfig', kubeconfig]);

  t.is(code, 0, stdout);
  t.regex(stderr, / 0 skipped at namespace dip of context here /);
  t.true(arrived.every(({line}) => line.startsWith('GET ')));
  const asked = arrived.flatMap(({line}) => askedBy(line.slice('GET '.length)) ?? []);
  t.true(asked.length > 15);
  t.deepEqual(
    asked.filter((one) => !roles.some((role) => allows(role, one))),
    [],
  );
  for (const rule of roles.slice(1).flatMap((role) => role.rules.map((one) => ({...role, rules: [one]}))))
    t.true(
      asked.some((one) => allows(rule, one)),
      JSON.stringify(rule),
    );
});

function allows({metadata, rules}: Role, {group, resource, namespace, name}: Asked): boolean {
  const verb = name === undefined ? 'list' : 'get';
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) return false;
  return rules.some(
    ({apiGroups, resources, resourceNames, verbs}) =>
      apiGroups.includes(group) &&
      resources.includes(resource) &&
      verbs.includes(verb) &&
      (resourceNames === undefined || (name !== undefined && resourceNames.includes(name))),
  );
}

/** The roles of docs/doctor.md; the one of knative-eventing stands for knative-serving too, as the page says. */
async function rolesOfPage(): Promise<Role[]> {
  const page = await readFile(path.join(project, 'docs/doctor.md'), 'utf8');
  const [, block = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const written: Role[] = parseAllDocuments(block).map((document) => document.toJS());
  const serving = written
    .filter(({metadata}) => metadata.namespace === 'knative-eventing')
    .map(({rules}) => ({
      metadata: {namespace: 'knative-serving'},
      rules: rules.filter(({resources}) => !resources.includes('configmaps')),
    }));
  return [...written, ...serving];
}

function askedBy(url: string): Asked | undefined {
  const parts = url.split('/').slice(1);
  const isCore = parts[0] === 'api';
  const group = isCore ? '' : (parts[1] ?? '');
  const rest = parts.slice(isCore ? 2 : 3);
  if (rest.length === 0 || url === '/version') return undefined;
  // A namespace is an object too.
  const isInside = rest[0] === 'namespaces' && rest.length > 2;
  const [resource = '', name] = isInside ? rest.slice(2) : rest;
  return {group, resource, namespace: isInside ? rest[1] : undefined, name};
}

/** An API server that has what the snapshot says. */
function answerOf(line: string, snapshot: Snapshot): Answer {
  const url = line.slice('GET '.length);
  if (url === '/version')
    return {status: 200, json: 'value' in snapshot.version ? snapshot.version.value : {}};
  const [, version = ''] = /^\/apis?\/((?:[^/]+\/)?v\w+)/.exec(url) ?? [];
  const asked = askedBy(url);
  if (asked === undefined) {
    const kinds = snapshot.apis.get(version);
    const resources = kinds?.map(({kind}) => ({
      kind,
      name: pluralOf(kind),
      namespaced: kind !== 'Namespace',
    }));
    return resources === undefined ? {status: 404, json: {}} : {status: 200, json: {resources}};
  }
  const items = objectsOf(asked, version, snapshot);
  if (asked.name === undefined) return {status: 200, json: {items}};
  const found = items.find((object) => textAt(object, 'metadata', 'name') === asked.name);
  return found === undefined ? {status: 404, json: {}} : {status: 200, json: found};
}

function objectsOf({resource, namespace}: Asked, version: string, snapshot: Snapshot): readonly JsonObject[] {
  if (resource === 'secrets') {
    const identity = {metadata: {name: 'dip-identity'}, data: keys};
    const others = [...snapshot.secretKeys].map(([name, seen]) => ({
      metadata: {name},
      data: Object.fromEntries(
        ('value' in seen ? (seen.value ?? []) : []).map((key) => [key, 'aHVudGVyMg==']),
      ),
    }));
    return [identity, ...others];
  }
  const workloads = snapshot.workloads.get(namespace ?? '');
  if (resource === 'deployments')
    return workloads !== undefined && 'value' in workloads ? workloads.value : [];
  if (resource === 'configmaps' && namespace === 'knative-eventing') {
    const {kafkaChannelConfig, kafkaBrokerConfig} = snapshot;
    return Object.entries({
      'config-kafka-channel-data-plane': kafkaChannelConfig,
      'config-kafka-broker-data-plane': kafkaBrokerConfig,
    }).map(([name, seen]) => ({...('value' in seen ? seen.value : {}), metadata: {name}}));
  }
  const kind = snapshot.apis.get(version)?.find((one) => pluralOf(one.kind) === resource)?.kind;
  return deployedOf(snapshot, `${version} ${kind}`);
}

function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
