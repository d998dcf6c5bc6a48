/** Where the chart lets pods run, and what it lets them hold. */
import {rendered, testWithHelm} from './helm.ts';
import {changes, plainObjects} from './objects.ts';

const services = [...plainObjects('config/knative').keys()].filter((name) => name.startsWith('Service '));

testWithHelm('to what all pods hold, one service adds its own, and its own keys win', async (t, helm) => {
  const all = {
    nodeSelector: {disk: 'hdd', zone: 'a'},
    tolerations: [{key: 'all', operator: 'Exists'}],
    volumes: [{name: 'ca', configMap: {name: 'corporate-ca'}}],
    volumeMounts: [{name: 'ca', mountPath: '/etc/ca', readOnly: true}],
    envFrom: [{configMapRef: {name: 'all'}}],
  };
  const own = {
    nodeSelector: {disk: 'ssd'},
    tolerations: [{key: 'one', operator: 'Exists'}],
    volumes: [{name: 'rules', configMap: {name: 'rules'}}],
    volumeMounts: [{name: 'rules', mountPath: '/etc/rules'}],
    envFrom: [{secretRef: {name: 'one', optional: true}}],
  };
  const words = Object.entries({...all, services: {archive: own}}).flatMap(([name, value]) => [
    '--set-json',
    `${name}=${JSON.stringify(value)}`,
  ]);
  const difference = changes(await rendered(helm), await rendered(helm, ...words));

  t.deepEqual(pick(difference, 'Service archive spec.template.spec.'), {
    'nodeSelector.disk': 'ssd',
    'nodeSelector.zone': 'a',
    'tolerations.0.key': 'all',
    'tolerations.0.operator': 'Exists',
    'tolerations.1.key': 'one',
    'tolerations.1.operator': 'Exists',
    'volumes.2.name': 'ca',
    'volumes.2.configMap.name': 'corporate-ca',
    'volumes.3.name': 'rules',
    'volumes.3.configMap.name': 'rules',
    'containers.0.volumeMounts.2.name': 'ca',
    'containers.0.volumeMounts.2.mountPath': '/etc/ca',
    'containers.0.volumeMounts.2.readOnly': true,
    'containers.0.volumeMounts.3.name': 'rules',
    'containers.0.volumeMounts.3.mountPath': '/etc/rules',
    'containers.0.envFrom.0.configMapRef.name': 'all',
    'containers.0.envFrom.1.secretRef.name': 'one',
    'containers.0.envFrom.1.secretRef.optional': true,
  });
  t.is(difference['Service routing spec.template.spec.nodeSelector.disk'], 'hdd');
});

testWithHelm('pods are spread by their service, unless a selector says otherwise', async (t, helm) => {
  const spread = {maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway'};
  const selected = {...spread, labelSelector: {matchLabels: {a: 'b'}}};
  const words = ['--set-json', `topologySpreadConstraints=${JSON.stringify([spread, selected])}`];
  const objects = await rendered(helm, ...words);

  for (const service of services) {
    const at = 'spec.template.spec.topologySpreadConstraints';
    const name = service.replace('Service ', '');
    t.is(objects.get(service)?.get(`${at}.0.labelSelector.matchLabels.serving.knative.dev/service`), name);
    t.is(objects.get(service)?.get(`${at}.1.labelSelector.matchLabels.a`), 'b');
    t.false(objects.get(service)?.has(`${at}.1.labelSelector.matchLabels.serving.knative.dev/service`));
  }
});

testWithHelm('what one service says of its rights is not said of the next', async (t, helm) => {
  const capabilities = {drop: ['NET_RAW']};
  const words = [
    `securityContext=${JSON.stringify({capabilities: {drop: ['ALL']}})}`,
    `services=${JSON.stringify({archive: {securityContext: {capabilities}}})}`,
  ];
  const objects = await rendered(helm, ...words.flatMap((word) => ['--set-json', word]));

  const at = 'spec.template.spec.containers.0.securityContext.capabilities.drop.0';
  t.is(objects.get('Service archive')?.get(at), 'NET_RAW');
  t.is(objects.get('Service routing')?.get(at), 'ALL');
});

/** What is below a path, without it. */
function pick(difference: Readonly<Record<string, unknown>>, above: string): Record<string, unknown> {
  const found = Object.entries(difference).filter(([at]) => at.startsWith(above));
  return Object.fromEntries(found.map(([at, value]) => [at.slice(above.length), value]));
}
