/** The pod of `helm test` runs where DIP's own pods do, and fails when DIP can't be reached. */
import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {parseDocument} from 'yaml';
import {readConfig, start} from '#kit/wire';
import routing from '../../services/routing/service.ts';
import {startDip, temporaryFolder} from '../dip-process.ts';
import {type Helm, testWithHelm} from './helm.ts';
import {chart, project} from './objects.ts';

const policies = path.join(project, 'config/alternatives/oidc-event-policies.yaml');

interface Pod {
  readonly metadata: {readonly annotations: Readonly<Record<string, string>>};
  readonly spec: {
    readonly automountServiceAccountToken: boolean;
    readonly imagePullSecrets?: readonly {readonly name: string}[];
    readonly volumes?: unknown;
    readonly containers: readonly [Container];
  };
}

interface Container {
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly command: readonly string[];
  readonly env: readonly {readonly name: string; readonly value: string}[];
  readonly securityContext: unknown;
}

testWithHelm('the pod has no more rights than a restricted one, and no token', async (t, helm) => {
  const {metadata, spec} = await podOf(helm);

  t.is(metadata.annotations['helm.sh/hook'], 'test');
  t.false(spec.automountServiceAccountToken);
  t.deepEqual(spec.containers[0].securityContext, {
    allowPrivilegeEscalation: false,
    capabilities: {drop: ['ALL']},
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: 65532,
    seccompProfile: {type: 'RuntimeDefault'},
  });
});

testWithHelm('the pod is of the image that the console has', async (t, helm) => {
  const words = ['image.registry=r.example', 'image.pullPolicy=Always', 'image.pullSecrets={first}'];
  const {spec} = await podOf(helm, '--set', words.join(','));

  t.is(spec.containers[0].image, 'r.example/dip/console:0.1.0');
  t.is(spec.containers[0].imagePullPolicy, 'Always');
  t.deepEqual(spec.imagePullSecrets, [{name: 'first'}]);
});

testWithHelm('the pod asks the Broker of its namespace and class, and the console', async (t, helm) => {
  const {spec} = await podOf(helm, '--namespace', 'elsewhere', '--set', 'broker.class=Kafka');

  t.deepEqual(spec.containers[0].env, [
    {
      name: 'BROKER',
      value: 'http://kafka-broker-ingress.knative-eventing.svc.cluster.local/elsewhere/default',
    },
    {name: 'CONSOLE', value: 'http://console.elsewhere.svc.cluster.local'},
  ]);
});

testWithHelm(
  'where OIDC is on the pod shows the Broker a token, and has none for anybody else',
  async (t, helm) => {
    const {spec} = await podOf(helm, '--namespace', 'elsewhere', '--set', 'oidc=true');

    t.regex(
      spec.containers[0].command.at(-1) ?? '',
      /authorization = `Bearer \$\{readFileSync\('\/oidc\/token'/,
    );
    t.deepEqual(spec.volumes, [
      {
        name: 'oidc-token',
        projected: {
          sources: [
            {
              serviceAccountToken: {
                audience: 'eventing.knative.dev/broker/elsewhere/default',
                path: 'token',
              },
            },
          ],
        },
      },
    ]);
  },
);

testWithHelm(
  'it passes where events are taken and somebody is ready, and says so where not',
  async (t, helm) => {
    const {command} = (await podOf(helm)).spec.containers[0];
    const dip = await startDip(await temporaryFolder());
    t.teardown(() => dip.stop());
    const service = await start(routing, readConfig({PORT: '0', DIP_DATA_DIR: await temporaryFolder()}));
    t.teardown(() => service.stop());
    const broker = `${dip.url}/dip/default`;

    const passed = await run(command, {BROKER: broker, CONSOLE: service.url});
    t.deepEqual(passed, {code: 0, complaint: ''});
    await isKept(t, dip.url);

    const lost = await run(command, {BROKER: `${dip.url}/dip/nobody`, CONSOLE: service.url});
    t.is(lost.code, 1);
    t.regex(lost.complaint, /^Expected 202 of http:.*\/dip\/nobody, got 404: /);
    const alone = await run(command, {BROKER: broker, CONSOLE: `${service.url}/elsewhere`});
    t.is(alone.code, 1);
    t.regex(alone.complaint, /^Expected 200 of http:.*\/elsewhere\/readyz, got 404: /);
  },
);

testWithHelm('its event is one that the policies for OIDC let into the Broker', async (t, helm) => {
  const script = (await podOf(helm)).spec.containers[0].command.at(-1) ?? '';
  const [policy = ''] = (await readFile(policies, 'utf8')).split(/^---$/m);

  const [, type = ''] = /'ce-type': '(.+?)'/.exec(script) ?? [];
  const {spec}: {spec: {filters: readonly {prefix: {type: string}}[]}} = parseDocument(policy).toJS();
  t.true(spec.filters.length > 0);
  t.true(
    spec.filters.every(({prefix}) => type.startsWith(prefix.type)),
    type,
  );
});

/** The event is in the archive, like any other. */
async function isKept(t: ExecutionContext, url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/archive/facts?type=com.dip.installation.tested`);
    if (/com\.dip\.installation\.tested/.test(await answer.text())) break;
  }
  t.pass();
}

async function podOf(helm: Helm, ...words: readonly string[]): Promise<Pod> {
  const file = 'templates/tests/way-in.yaml';
  const {stdout} = await helm('template', 'dip', chart, '--show-only', file, ...words);
  return parseDocument(stdout).toJS();
}

/** Runs what the pod runs, with the Node of these tests. */
async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{code: number | null; complaint: string}> {
  const child = spawn(process.execPath, command.slice(1), {env, stdio: ['ignore', 'ignore', 'pipe']});
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({code, complaint})));
}
