/** Rules about who may come in by front doors: what is written down of them, and who holds which half of the keys. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parse} from 'yaml';
import {allServices} from '../../services/cli/manifests/all-services.ts';
import {routeTable} from '../../services/cli/manifests/route-table.ts';
import {readConfig} from '../../services/kit/config.ts';

const project = path.join(import.meta.dirname, '../..');
const services = await allServices();
const declared = routeTable(services);

test('of the keys a service with front doors has the public half, the console the private one, and others none', (t) => {
  const {identityDirectory} = readConfig({KUBERNETES_SERVICE_HOST: '10.0.0.1'});

  for (const {name, routes = {}, opens} of services) {
    const half = Object.keys(routes).length > 0 ? 'public.pem' : opens && 'private.pem';
    const items = half && [{key: half, path: half}];
    const {containers, volumes} = podOf(name);
    const volume = volumes.find(({secret}) => secret?.secretName === 'dip-identity');
    t.deepEqual(volume?.secret, items && {secretName: 'dip-identity', optional: true, items}, name);
    const mounts = containers.flatMap(({volumeMounts}) => volumeMounts);
    t.deepEqual(
      mounts.filter((mount) => mount.name === volume?.name),
      half ? [{name: 'identity', mountPath: identityDirectory, readOnly: true}] : [],
      name,
    );
  }
});

test('the way in knows the front doors that services declare: npm run generate writes them down', (t) => {
  const written: unknown = JSON.parse(
    readFileSync(path.join(project, 'services/gateway/routes.json'), 'utf8'),
  );

  t.deepEqual(written, JSON.parse(JSON.stringify(declared)));
  t.true(declared.length >= 7);
});

test('the table in docs/people.md names each front door that needs less than operate, and no other', (t) => {
  const text = readFileSync(path.join(project, 'docs/people.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([A-Z]+ \/api\/[^`]+)` \| (\w+) \|$/gm)].map(([, ...row]) => row);
  const open = declared.filter(({role}) => role !== 'operate');

  t.deepEqual(
    rows.toSorted(),
    open.map(({service, method, path: at, role}) => [`${method} /api/${service}${at}`, role]).toSorted(),
  );
  t.regex(text, /^\| everything else below `\/api\/<service>\/` \| operate \|$/m);
});

interface Pod {
  readonly containers: readonly {readonly volumeMounts: readonly {readonly name: string}[]}[];
  readonly volumes: readonly {readonly name: string; readonly secret?: {readonly secretName: string}}[];
}

function podOf(name: string): Pod {
  const service: {spec: {template: {spec: Pod}}} = parse(
    readFileSync(path.join(project, `config/knative/40-${name}.yaml`), 'utf8'),
  );
  return service.spec.template.spec;
}
