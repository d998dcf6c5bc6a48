/** What the chart looks up on a cluster, and says of it: an object store plays the API server, with none of Knative's code. */
import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import type {Server} from 'node:http';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {ExecutionContext} from 'ava';
import {knativeSource, type ObjectStore} from '../cluster/knative.ts';
import type {Ran} from '../cluster/run-program.ts';
import {temporaryFolder} from '../dip-process.ts';
import {skip} from '../skip.ts';
import {type Helm, testWithHelm} from './helm.ts';
import {chart} from './objects.ts';

testWithHelm('the notes say how Helm takes what a SinkBinding wrote, where there is one', async (t, helm) => {
  const store = await openStore(t);
  if (store === undefined) return;

  t.notRegex((await store.install(helm)).stdout, /SinkBinding/);
  store.apply({
    apiVersion: 'sources.knative.dev/v1',
    kind: 'SinkBinding',
    metadata: {name: 'services-to-default', namespace: 'dip'},
  });
  t.regex(
    (await store.install(helm)).stdout,
    /SinkBindings of this namespace write K_SINK.*--force-conflicts/,
  );
});

testWithHelm(
  'a value that takes a feature of Knative is refused where the feature is disabled',
  async (t, helm) => {
    const store = await openStore(t);
    if (store === undefined) return;
    const ofAll = ['--set', 'nodeSelector.disk=ssd'];
    const ofOne = ['--set', 'services.archive.tolerations[0].operator=Exists'];
    t.is(
      (await store.install(helm, ...ofAll)).code,
      0,
      'of a Knative whose features nobody knows nothing is said',
    );

    store.apply(features({'kubernetes.podspec-tolerations': 'disabled'}));
    const refused = await store.install(helm, ...ofAll);
    t.is(refused.code, 1);
    t.regex(
      refused.stderr,
      /Knative takes no nodeSelector: its feature kubernetes\.podspec-nodeselector is disabled\. /,
    );
    t.regex(
      (await store.install(helm, ...ofOne)).stderr,
      /Knative takes no tolerations: .*podspec-tolerations/,
    );
    t.is((await store.install(helm)).code, 0);
    t.is((await store.install(helm, ...ofAll, '--set', 'checks=false')).code, 0);

    store.apply(
      features({'kubernetes.podspec-nodeselector': 'enabled', 'kubernetes.podspec-tolerations': 'Enabled'}),
    );
    const taken = await store.install(helm, ...ofAll, ...ofOne);
    t.is(taken.code, 0, taken.stderr);
  },
);

function features(data: Readonly<Record<string, string>>): object {
  const metadata = {name: 'config-features', namespace: 'knative-serving'};
  return {apiVersion: 'v1', kind: 'ConfigMap', metadata, data};
}

interface Store {
  apply(object: object): void;
  /** What the chart would install, with these words. */
  install(helm: Helm, ...words: readonly string[]): Promise<Ran>;
}

/** An API server that has Knative's kinds and keeps what it is given; undefined where there is none, which is said. */
async function openStore(t: ExecutionContext): Promise<Store | undefined> {
  if (!existsSync(knativeSource)) return skip(t, `what plays the API server is not at ${knativeSource}`);
  const {kube}: {kube(): Server & ObjectStore} = await import(
    pathToFileURL(path.join(knativeSource, 'kube.mjs')).href
  );
  const server = kube();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  const kubeconfig = path.join(await temporaryFolder(), 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(`http://127.0.0.1:${address.port}`));
  const words = [
    '--namespace',
    'dip',
    '--dry-run=server',
    '--disable-openapi-validation',
    '--kubeconfig',
    kubeconfig,
  ];
  return {
    apply: (object) => void server.apply({...object}),
    install: (helm, ...more) => helm('install', 'dip', chart, ...words, ...more),
  };
}

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: 'store', cluster: {server}}],
    users: [{name: 'anybody', user: {}}],
    contexts: [{name: 'store', context: {cluster: 'store', user: 'anybody'}}],
    'current-context': 'store',
  });
}
