/** Where OIDC is on: what the files add, that services understand it, and that Knative's tokens fit. */
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {isAmong} from '#kit';
import {readConfig} from '#kit/wire';
import {temporaryFolder} from '../dip-process.ts';
import {rendered, testWithHelm} from '../helm/helm.ts';
import {changes, type Objects, plainObjects, project} from '../helm/objects.ts';
import {copyOfBase, kustomized} from './kustomized.ts';

const plain = plainObjects('config/knative', 'triggers');
const component = '../dip/config/alternatives/oidc';
const pod = 'spec.template.spec';

/** The project with its part `oidc`, after DIP was moved to a namespace where one is said. */
async function withOidc(t: ExecutionContext, namespace?: string): Promise<Objects | undefined> {
  const folder = await temporaryFolder();
  await copyOfBase(path.join(folder, 'dip'));
  const write = async (name: string, text: string) => {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'kustomization.yaml'), text);
  };
  await write('moved', `${namespace ? `namespace: ${namespace}\n` : ''}resources: [../dip]\n`);
  await write('oidc', `resources: [../moved]\ncomponents: [${component}]\n`);
  return kustomized(t, path.join(folder, 'oidc'));
}

test('the overlay that the part describes is the one that is tried here', async (t) => {
  const text = await readFile(path.join(project, 'config/alternatives/oidc/kustomization.yaml'), 'utf8');

  t.regex(text, new RegExp(`^# +resources: \\[../dip\\]\\n# +components: \\[${component}\\]$`, 'm'));
});

for (const namespace of ['dip', 'letters']) {
  test(`in namespace ${namespace} services take the tokens of its Triggers, and show the Broker theirs`, async (t) => {
    const objects = await withOidc(t, namespace === 'dip' ? undefined : namespace);
    if (objects === undefined) return;
    const triggers = [...objects].filter(([name]) => name.startsWith('Trigger '));
    const services = [...objects].filter(
      ([name]) => name.startsWith('Service ') && name !== 'Service console',
    );

    for (const [service, values] of services) {
      const {eventTokens, sink, sinkBinding} = readConfig(environmentOf(values));
      const [volumes, mounts] = [
        itemsAt(values, `${pod}.volumes`),
        itemsAt(values, `${pod}.containers.0.volumeMounts`),
      ];
      for (const [trigger, {audience, subject}] of triggers.map(
        ([name, one]) => [name, tokenOf(one)] as const,
      )) {
        t.is(eventTokens?.audience, audience, service);
        t.true(isAmong(eventTokens?.from ?? [], subject), `${service}, ${trigger}`);
        t.false(isAmong(eventTokens?.from ?? [], subject.replace(namespace, 'other')));
      }
      const mountedAt = (at: string | undefined) => {
        const name = mounts.find((mount) => mount['mountPath'] === at)?.['name'];
        return volumes.find((volume) => volume['name'] === name);
      };
      t.like(mountedAt(eventTokens?.issuerDirectory), {
        'projected.sources.0.serviceAccountToken.path': 'token',
        'projected.sources.1.configMap.name': 'kube-root-ca.crt',
        'projected.sources.1.configMap.items.0.path': 'ca.crt',
      });
      const {dir, base} = path.parse(sinkBinding.tokenFile);
      const broker = sink?.pathname.split('/').at(-1);
      t.like(mountedAt(dir), {
        'projected.sources.0.serviceAccountToken.path': base,
        'projected.sources.0.serviceAccountToken.audience': `eventing.knative.dev/broker/${namespace}/${broker}`,
      });
    }
    t.true(services.length >= 6);
    t.true(triggers.length >= 7);
  });
}

test('the console, which hears no events, and all else stays as it is', async (t) => {
  const objects = await withOidc(t);
  if (objects === undefined) return;

  const changed = Object.keys(changes(plain, objects)).map((change) => change.split(' ').slice(0, 2));
  t.deepEqual([...new Set(changed.map(([kind]) => kind))].toSorted(), ['Service', 'Trigger']);
  t.false(changed.some(([, name]) => name === 'console'));
});

testWithHelm('the chart with oidc=true says the same', async (t, helm) => {
  const objects = await withOidc(t);
  if (objects === undefined) return;

  t.deepEqual(
    changes(await rendered(helm), await rendered(helm, '--set', 'oidc=true')),
    changes(plain, objects),
  );
});

testWithHelm('the chart follows its release to another namespace', async (t, helm) => {
  const {code, stdout} = await helm(
    'template',
    'second',
    path.join(project, 'helm/dip'),
    '--namespace',
    'elsewhere',
    '--set',
    'oidc=true',
  );

  t.is(code, 0);
  t.notRegex(stdout, /serviceaccount:dip:|\/broker\/dip\//);
  t.regex(stdout, /audience: eventing\.knative\.dev\/broker\/elsewhere\/dead-letters/);
});

/** The token that Knative makes for a Trigger (pkg/auth/serviceaccount.go; names of up to 63 letters are not shortened). */
function tokenOf(trigger: ReadonlyMap<string, unknown>): {audience: string; subject: string} {
  const account = `${trigger.get('metadata.name')}-oidc-eventing.knative.dev-trigger`;
  if (account.length > 63) throw new Error(`${account} would be shortened: DIP_EVENTS_FROM has to name it.`);
  return {
    audience: String(trigger.get('spec.subscriber.audience')),
    subject: `system:serviceaccount:${trigger.get('metadata.namespace')}:${account}`,
  };
}

function environmentOf(service: ReadonlyMap<string, unknown>): Record<string, string> {
  const variables = itemsAt(service, `${pod}.containers.0.env`);
  return Object.fromEntries(variables.map(({name, value}) => [String(name), String(value ?? '')]));
}

/** The items of a list, each by the paths within it. */
function itemsAt(values: ReadonlyMap<string, unknown>, at: string): Record<string, unknown>[] {
  const items: Record<string, unknown>[] = [];
  for (const [name, value] of values) {
    const [, index, rest] =
      (name.startsWith(`${at}.`) && /^(\d+)\.(.+)$/.exec(name.slice(at.length + 1))) || [];
    if (index === undefined || rest === undefined) continue;
    items[Number(index)] = {...items[Number(index)], [rest]: value};
  }
  return items;
}
