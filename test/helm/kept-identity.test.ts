/** The keys through the life of a release. Helm keeps its releases in PostgreSQL here. */
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {stringify} from 'yaml';
import {apiServer} from '../cli/api-server.ts';
import {dip} from '../cli/process.ts';
import {writeKubeconfig} from '../cluster/kubeconfig.ts';
import {runProgram} from '../cluster/run-program.ts';
import {tools} from '../cluster/tools.ts';
import {folder} from '../kit/serving.ts';
import {Postgres} from '../state/postgres.ts';
import {chart} from './objects.ts';
import {withSecretSchema} from './secret-schema.ts';

test('no upgrade, rollback or end of a release changes the keys, and a rotation is never undone', async (t) => {
  const found = await tools(t);
  const cluster = await apiServer(t);
  if (found === undefined || cluster === undefined) return;
  const postgres = await Postgres.start();
  t.teardown(() => postgres.remove());
  const kubeconfig = await writeKubeconfig(t, await withSecretSchema(t, cluster.url));
  const small = chartOfKeys(folder(t));
  const helm = async (...words: readonly string[]) => {
    const store = ['HELM_DRIVER=sql', `HELM_DRIVER_SQL_CONNECTION_STRING=${postgres.url()}?sslmode=disable`];
    const on = ['--namespace', 'dip', '--kubeconfig', kubeconfig];
    const {code, stderr} = await runProgram('env', [...store, found.helm, ...words, ...on], {cwd: small});
    t.is(code, 0, stderr);
  };
  const keys = async () => (await cluster.secret('dip-identity')).data;

  await helm('install', 'dip', small, '--disable-openapi-validation');
  const made = await keys();
  t.deepEqual(Object.keys(made).toSorted(), ['private.pem', 'public.pem']);
  await helm('upgrade', 'dip', small, '--disable-openapi-validation', '--set', 'labels.team=a');
  t.deepEqual(await keys(), made);

  t.is((await dip(['identity', 'rotate', '--revoke', '--kubeconfig', kubeconfig])).code, 0);
  const rotated = await keys();
  t.notDeepEqual(rotated, made);
  await helm('upgrade', 'dip', small, '--disable-openapi-validation', '--set', 'labels.team=b');
  await helm('rollback', 'dip', '1');
  t.deepEqual(await keys(), rotated);
  await helm('uninstall', 'dip');
  await helm('install', 'dip', small, '--disable-openapi-validation');
  t.deepEqual(await keys(), rotated);
});

/** A chart of what makes the keys and of one object beside: the API server here knows no Knative. */
function chartOfKeys(into: string): string {
  mkdirSync(path.join(into, 'templates'));
  for (const file of ['Chart.yaml', 'values.yaml', 'templates/identity.yaml', 'templates/_adapt.tpl'])
    cpSync(path.join(chart, file), path.join(into, file));
  const labels = '{{ toYaml .Values.labels | nindent 4 }}';
  const other = stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'other'}});
  writeFileSync(path.join(into, 'templates/other.yaml'), `${other}  labels: ${labels}\n`);
  return into;
}
