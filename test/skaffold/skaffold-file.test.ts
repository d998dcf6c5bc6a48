/** skaffold.yaml fits its schema and the files that it names. */
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv} from 'ajv';
import test from 'ava';
import {plainObjects} from '../helm/objects.ts';
import {allOf, readDockerfile} from '../image/dockerfile.ts';
import {skip} from '../skip.ts';
import {commandsOf, ownArtifacts, profileOf, project, readSkaffoldFile} from './skaffold-file.ts';

const file = readSkaffoldFile();
const own = ownArtifacts(file);
const artifacts = own.map(({artifact}) => artifact);
const schemaFile = path.join(project, '../shared/schemas/skaffold-v4beta14.json');

/** The image of each service that `dip` serves, by the service's name. */
const images = Object.fromEntries(
  [...plainObjects('config/knative')]
    .filter(
      ([name, values]) =>
        name.startsWith('Service ') &&
        String(values.get('spec.template.metadata.annotations.dip.dev/command')).startsWith('dip '),
    )
    .map(([name, values]) => [
      name.replace('Service ', ''),
      values.get('spec.template.spec.containers.0.image'),
    ]),
);

test('it fits the schema of its version', (t) => {
  if (!existsSync(schemaFile)) {
    skip(t, `the schema of skaffold.yaml is not at ${schemaFile}`);
    return;
  }
  const check = new Ajv({strict: false}).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

  t.true(check(file), JSON.stringify(check.errors));
  t.false(check({...file, build: {...file.build, artefacts: []}}));
});

test('every service has its image built, and nothing else has', (t) => {
  t.deepEqual(
    Object.fromEntries(artifacts.map(({docker, image}) => [docker.buildArgs['SERVICE'], image])),
    images,
  );
  t.is(artifacts.length, Object.keys(images).length);
  for (const service of Object.keys(images))
    t.true(existsSync(path.join(project, 'services', service, 'service.ts')), service);
});

test('the images are made by stages of the Dockerfile, one for running and one for developing', (t) => {
  const {patches} = profileOf(file, 'dev');
  const targets = new Map(patches.map(({path, value}) => [path, String(value)]));

  for (const {
    at,
    artifact: {docker},
  } of own) {
    const stages = readDockerfile(path.join(project, docker.dockerfile));
    const developing = targets.get(`/build/artifacts/${at}/docker/target`) ?? '';
    for (const target of [docker.target, developing]) {
      const takes = stages.find(({name}) => name === target)?.instructions ?? [];
      t.true(
        takes.some(({word, rest}) => word === 'ARG' && rest === 'SERVICE'),
        `${docker.buildArgs['SERVICE']} ${target}`,
      );
    }
    t.not(developing, docker.target);
  }
});

test('what is saved goes where the stage for development runs it', (t) => {
  for (const {docker, sync} of artifacts) {
    const stages = readDockerfile(path.join(project, docker.dockerfile));
    const entry = allOf(stages, 'dev').findLast(({word}) => word === 'ENTRYPOINT')?.rest ?? '[]';
    const [shell, , script = '']: string[] = JSON.parse(entry);
    t.is(shell, 'sh');
    const runsIn = script.split(' && ').find((step) => step.startsWith('cd '));
    for (const {src, dest} of sync.manual) {
      t.true(globSync(src, {cwd: project}).length > 100, src);
      t.is(runsIn, `cd ${dest}`);
    }
  }
});

test('what is deployed are the files that kubectl is given, and the chart', (t) => {
  const files = (patterns: readonly string[]) => globSync([...patterns], {cwd: project}).sort();

  t.deepEqual(files(file.manifests.rawYaml), files(['config/knative/*', 'triggers/*']));
  for (const name of ['helm', 'dev']) {
    const {patches, deploy} = profileOf(file, name);
    t.true(existsSync(path.join(project, deploy?.helm?.releases[0]?.chartPath ?? '', 'Chart.yaml')), name);
    // Skaffold deploys by everything that it finds, so the plain files have to go.
    for (const gone of ['/manifests/rawYaml', '/deploy/kubectl'])
      t.true(
        patches.some(({op, path}) => op === 'remove' && path === gone),
        `${name} ${gone}`,
      );
  }
});

test('while developing every service has a pod, and every image takes changes', (t) => {
  const {deploy, patches} = profileOf(file, 'dev');
  const values = deploy?.helm?.releases[0]?.setValues ?? {};
  const targets = patches.filter(({path}) => path.endsWith('/docker/target'));

  t.like(values, Object.fromEntries(Object.keys(images).map((name) => [`services.${name}.minScale`, 1])));
  const expected = own.map(({at}) => `/build/artifacts/${at}/docker/target`);
  t.deepEqual(
    targets.map(({path, value}) => [path, value]),
    expected.map((path) => [path, 'dev']),
  );
});

test('what is run beside it is kubectl on the cluster of the run, and names what is there', (t) => {
  const commands = commandsOf(file);

  t.true(commands.length >= 5);
  for (const command of commands) {
    t.regex(command, /^sh -c kubectl (apply|wait) --context "\$SKAFFOLD_KUBE_CONTEXT" /);
    const [, name] = /--filename (\S+)/.exec(command) ?? [];
    if (name !== undefined) t.true(existsSync(path.join(project, name)), name);
  }
});
