/** Skaffold itself reads skaffold.yaml and makes of it what kubectl and Helm would be given. */
import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Ran, runProgram} from '../cluster/run-program.ts';
import {tools} from '../cluster/tools.ts';
import {changes, type Objects, objectsIn, plainObjects} from '../helm/objects.ts';
import {project, readSkaffoldFile} from './skaffold-file.ts';

const images = readSkaffoldFile().build.artifacts.map(({image}) => image);
const image = 'spec.template.spec.containers.0.image';

/** What is built for an image, by its name. */
const built = (name: string) => `dev.local/${name.replace('/', '_')}:built`;

testWithSkaffold('its profiles are understood, alone and with that of kind', async (t, skaffold) => {
  for (const profile of ['', 'helm', 'dev', 'kind', 'helm,kind', 'dev,kind']) {
    const {code, stderr} = await skaffold('diagnose', '--yaml-only', '--profile', profile);
    t.is(code, 0, `${profile}: ${stderr}`);
  }
  const {stdout} = await skaffold('fix');
  t.regex(stdout, /config is already version skaffold\/v4beta14/);
});

testWithSkaffold(
  'what kubectl is given are the plain files with the images that were built',
  async (t, skaffold) => {
    const plain = plainObjects('config/knative', 'triggers');
    const expected = images.map((name) => [`${name.replace('dip/', 'Service ')} ${image}`, built(name)]);

    t.deepEqual(changes(plain, await deployed(t, skaffold)), Object.fromEntries(expected));
  },
);

testWithSkaffold(
  'a label of Skaffold’s is on the services and not on their Revisions',
  async (t, skaffold) => {
    const before = await deployed(t, skaffold);
    const after = await deployed(t, skaffold, '--label', 'run=1');
    const services = [...before.keys()].filter((name) => name.startsWith('Service '));
    const labelled = services.map((name) => [`${name} metadata.labels.run`, '1']);

    t.deepEqual(changes(before, after), Object.fromEntries(labelled));
  },
);

testWithSkaffold(
  'the chart is given the images that were built, and while developing a pod each',
  async (t, skaffold) => {
    const scale = 'spec.template.metadata.annotations.autoscaling.knative.dev/min-scale';
    const byHelm = await deployed(t, skaffold, '--profile', 'helm');
    const developing = await deployed(t, skaffold, '--profile', 'dev');

    for (const name of images) t.is(byHelm.get(name.replace('dip/', 'Service '))?.get(image), built(name));
    const pods = images.map((name) => [`${name.replace('dip/', 'Service ')} ${scale}`, '1']);
    t.deepEqual(changes(byHelm, developing), Object.fromEntries(pods));
  },
);

type Skaffold = (...words: readonly string[]) => Promise<Ran>;

/** What a cluster would be sent, once the images are built. */
async function deployed(
  t: ExecutionContext,
  skaffold: Skaffold,
  ...words: readonly string[]
): Promise<Objects> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'dip-skaffold-')), 'builds.json');
  await writeFile(
    file,
    JSON.stringify({builds: images.map((name) => ({imageName: name, tag: built(name)}))}),
  );
  const render = ['render', '--build-artifacts', file, '--digest-source', 'tag', '--offline=true'];
  const {code, stdout, stderr} = await skaffold(...render, ...words);
  t.is(code, 0, stderr);
  return objectsIn(stdout);
}

/** A test that needs Skaffold, which nothing here fetches: 200 MB that few need. Where it is not, it is skipped loudly. */
function testWithSkaffold(
  title: string,
  body: (t: ExecutionContext, skaffold: Skaffold) => Promise<void>,
): void {
  test.serial(title, async (t) => {
    if ((await runProgram('skaffold', ['version'])).code !== 0) {
      console.error('SKIPPED: there is no skaffold in the PATH');
      t.pass();
      return;
    }
    const found = await tools(t);
    if (found === undefined) return;
    // A home of its own, in which it tells nobody what it does.
    const home = await mkdtemp(path.join(tmpdir(), 'dip-skaffold-'));
    await mkdir(path.join(home, '.skaffold'));
    await writeFile(path.join(home, '.skaffold/config'), 'global:\n  collect-metrics: false\n');
    // It looks for helm and kubectl in the PATH.
    const search = [path.dirname(found.helm), process.env['PATH']].join(path.delimiter);
    const environment = [`PATH=${search}`, `HOME=${home}`, 'SKAFFOLD_UPDATE_CHECK=false'];
    await body(t, (...words) => runProgram('env', [...environment, 'skaffold', ...words], {cwd: project}));
  });
}
