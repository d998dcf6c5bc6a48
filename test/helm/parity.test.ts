/** The chart and the plain files say the same to a cluster. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {temporaryFolder} from '../dip-process.ts';
import {type Helm, rendered, testWithHelm} from './helm.ts';
import {changes, chart, type Objects, objectsIn, plainObjects, project} from './objects.ts';

const {version}: {version: string} = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));

/** What the chart puts on each object to tell whose it is. */
const own = {
  'app.kubernetes.io/instance': 'dip',
  'app.kubernetes.io/managed-by': 'Helm',
  'helm.sh/chart': `dip-${version}`,
};
const plain = plainObjects('config/knative', 'triggers');

testWithHelm('the chart has no faults, warnings included', async (t, helm) => {
  const {code, stdout} = await helm('lint', '--strict', chart);

  t.is(code, 0, stdout);
  t.notRegex(stdout, /WARNING|ERROR/);
});

testWithHelm('the chart says what the plain files say, object by object', async (t, helm) => {
  const objects = await defaults(helm);

  t.deepEqual(changes(withoutNamespace(plain), objects), imagesWithTag(plain));
  t.true(objects.size >= 33);
});

testWithHelm('with class Kafka it says what the plain files and their alternative say', async (t, helm) => {
  const unlabelled = [...plain].filter(
    ([, values]) => values.get('metadata.labels.dip.dev/broker-class') !== 'MTChannelBasedBroker',
  );
  const alternative = plainObjects('config/alternatives/class-kafka.yaml');
  const twins = [...alternative].filter(([name]) => !name.startsWith('SinkBinding '));
  const expected = new Map([...withoutNamespace(new Map(unlabelled)), ...twins]);
  const objects = withoutOwnLabels(await rendered(helm, '--set', 'broker.class=Kafka'));

  const sinks = sinksOf(expected).map(([at, url]) => [at, url.replace('//broker-', '//kafka-broker-')]);
  t.deepEqual(changes(expected, objects), {...imagesWithTag(expected), ...Object.fromEntries(sinks)});
  t.true(sinks.length >= 6);
});

testWithHelm(
  'the packed chart says the same as its folder, without the project around it',
  async (t, helm) => {
    const folder = await temporaryFolder();
    const packed = await helm('package', chart, '--destination', folder);
    t.is(packed.code, 0, packed.stderr);

    // Keys are others each time.
    for (const set of ['identity.create=false', 'identity.create=false,broker.class=Kafka']) {
      const words = ['--set', set];
      const folderSays = await helm('template', 'dip', chart, '--namespace', 'dip', ...words);
      const file = path.join(folder, `dip-${version}.tgz`);
      const packageSays = await helm('template', 'dip', file, '--namespace', 'dip', ...words);
      t.is(packageSays.stdout, folderSays.stdout);
      t.is(packageSays.stderr, '');
    }
  },
);

testWithHelm(
  'beside them it makes one Secret of keys, by a hook that is no part of the release',
  async (t, helm) => {
    const withHooks = objectsIn((await helm('template', 'dip', chart, '--namespace', 'dip')).stdout);
    const secrets = [...withHooks].filter(([name]) => name.startsWith('Secret '));

    t.deepEqual(
      secrets.map(([name, values]) => [name, values.get('metadata.annotations.helm.sh/hook')]),
      [['Secret dip-identity', 'pre-install,pre-upgrade']],
    );
    t.false((await defaults(helm)).has('Secret dip-identity'));
  },
);

testWithHelm('two namespaces hold two installations that do not name each other', async (t, helm) => {
  const {stdout} = await helm('template', 'second', chart, '--namespace', 'elsewhere', '--no-hooks');

  t.notRegex(stdout, /namespace: dip\b|\/dip\/default|\.dip\.svc/);
  t.regex(
    stdout,
    /value: http:\/\/broker-ingress\.knative-eventing\.svc\.cluster\.local\/elsewhere\/default/,
  );
});

/** What the chart makes of its default values, without its own labels. */
async function defaults(helm: Helm): Promise<Objects> {
  return withoutOwnLabels(await rendered(helm));
}

function withoutOwnLabels(objects: Objects): Objects {
  const bare = [...objects].map(([name, values]): [string, Map<string, unknown>] => {
    const kept = new Map(values);
    for (const [label, value] of Object.entries(own)) {
      if (kept.get(`metadata.labels.${label}`) !== value) throw new Error(`${name} has no label ${label}.`);
      kept.delete(`metadata.labels.${label}`);
    }
    return [name, kept];
  });
  return new Map(bare);
}

/** Helm makes the namespace itself, with --create-namespace. */
function withoutNamespace(objects: Objects): Objects {
  return new Map([...objects].filter(([name]) => name !== 'Namespace dip'));
}

/** The plain files leave the tag to whoever builds; the chart takes its own version. */
function imagesWithTag(objects: Objects): Record<string, unknown> {
  const at = 'spec.template.spec.containers.0.image';
  const services = [...objects].filter(([, values]) => values.has(at));
  return Object.fromEntries(
    services.map(([name, values]) => [`${name} ${at}`, `${values.get(at)}:${version}`]),
  );
}

/** The addresses in K_SINK, by object and path. */
function sinksOf(objects: Objects): [string, string][] {
  return [...objects].flatMap(([name, values]) =>
    [...values]
      .filter(([at, value]) => at.endsWith('.name') && value === 'K_SINK')
      .map(([at]): [string, string] => {
        const beside = at.replace(/name$/, 'value');
        return [`${name} ${beside}`, String(values.get(beside))];
      }),
  );
}
