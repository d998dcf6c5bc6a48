/** What the chart makes fits the schemas of its kinds, with no field that a cluster would pass over. */
import {existsSync} from 'node:fs';
import path from 'node:path';
import {parseAllDocuments} from 'yaml';
import {judgeCoreKind} from '../manifests/core-kinds.ts';
import {readSchemas} from '../manifests/crd-schemas.ts';
import {skip} from '../skip.ts';
import {testWithHelm} from './helm.ts';
import {chart, project} from './objects.ts';

const definitions = path.join(project, '../shared/crds');

/** Everything that adds something to an object, or makes another one. */
const everything = [
  'image.pullPolicy=Always',
  'image.pullSecrets={first,second}',
  'broker.kafka.existingSecret=kafka',
  'state.trial.databaseUrl=postgres://a:b@c/d',
  'state.trial.blobsUrl=s3://b',
  'state.trial.accessKeyId=k',
  'state.trial.secretAccessKey=s',
  'telemetry.endpoint=http://c:4318',
  'oidc=true',
  'monitoring.dashboard=true',
  'env.A=1x',
  'labels.team=documents',
  'networkPolicy.ingressNamespaces={a,b}',
  'annotations.team=documents',
  'envFrom[0].secretRef.name=proxy',
  'volumes[0].name=ca',
  'volumes[0].configMap.name=ca',
  'volumeMounts[0].name=ca',
  'volumeMounts[0].mountPath=/etc/ca',
  'securityContext.runAsUser=null',
  'podLabels.team=documents',
  'podAnnotations.team=documents',
  'services.archive.minScale=1',
  'services.archive.concurrency=0',
  'services.archive.resources.limits.memory=1Gi',
];

for (const broker of ['MTChannelBasedBroker', 'Kafka']) {
  for (const words of [[], everything]) {
    const what = words.length === 0 ? 'by default' : 'with all that can be set';
    testWithHelm(`objects of class ${broker} ${what} fit the schemas of their kinds`, async (t, helm) => {
      if (!existsSync(definitions)) return skip(t, `the custom resources' schemas are not at ${definitions}`);
      const judge = await readSchemas(definitions);
      const set = ['--set', [`broker.class=${broker}`, ...words].join(',')];
      const {code, stdout, stderr} = await helm('template', 'dip', chart, ...set);
      t.is(code, 0, stderr);

      for (const document of parseAllDocuments(stdout)) {
        const object: {apiVersion: string; kind: string} = document.toJS();
        const {apiVersion, kind} = object;
        const faults = apiVersion.includes('knative.dev/')
          ? judge(apiVersion, kind, object)
          : judgeCoreKind(apiVersion, kind, object);
        t.deepEqual(faults, [], `${kind} ${JSON.stringify(object)}`);
      }
    });
  }
}
