/** What watches DIP comes with the chart where it is wished for. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {rendered, testWithHelm} from './helm.ts';
import {changes, chart, plainObjects, project} from './objects.ts';

const dashboard = 'ConfigMap dip-dashboard';
const rules = 'PrometheusRule dip';

testWithHelm('nothing watches DIP unless it is wished for', async (t, helm) => {
  const objects = await rendered(helm);

  t.false(objects.has(dashboard) || objects.has(rules));
});

testWithHelm('the rules are those of their file, with labels that Prometheus chooses by', async (t, helm) => {
  const words = ['monitoring.alerts=true', 'monitoring.labels.release=kps'];
  const objects = await rendered(helm, '--set', words.join(','));
  const file = plainObjects('config/monitoring/alerts.yaml');

  t.deepEqual(changes(await rendered(helm), objects), {[rules]: 'added'});
  const labels = Object.keys(changes(file, new Map([[rules, objects.get(rules) ?? new Map()]])));
  t.deepEqual(labels.sort(), [
    `${rules} metadata.labels.app.kubernetes.io/instance`,
    `${rules} metadata.labels.app.kubernetes.io/managed-by`,
    `${rules} metadata.labels.helm.sh/chart`,
    `${rules} metadata.labels.release`,
  ]);
});

testWithHelm('the dashboard is that of its file, where a sidecar of Grafana finds it', async (t, helm) => {
  const objects = await rendered(helm, '--set', 'monitoring.dashboard=true');
  const file = readFileSync(path.join(project, 'config/monitoring/grafana-dashboard.json'), 'utf8');

  t.is(objects.get(dashboard)?.get('data.dip.json'), file);
  t.is(objects.get(dashboard)?.get('metadata.labels.grafana_dashboard'), '1');
});

testWithHelm('rules are refused on a cluster without the operator that reads them', async (t, helm) => {
  const kinds = [
    'v1/Namespace',
    'serving.knative.dev/v1/Service',
    'eventing.knative.dev/v1/Broker',
    'eventing.knative.dev/v1beta3/EventType',
    'messaging.knative.dev/v1beta1/KafkaChannel',
  ].flatMap((kind) => ['--api-versions', kind]);
  const words = ['template', 'dip', chart, ...kinds, '--set', 'monitoring.alerts=true'];

  const refused = await helm(...words);
  t.is(refused.code, 1);
  t.regex(refused.stderr, /PrometheusRule: the Prometheus operator is missing\./);
  t.regex(refused.stderr, /docs\/operation\.md says: --set monitoring\.alerts=false; --set checks=false/);
  t.notRegex(refused.stderr, /how to install it/);
  t.is((await helm(...words, '--api-versions', 'monitoring.coreos.com/v1/PrometheusRule')).code, 0);
});
