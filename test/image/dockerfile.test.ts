/** There need not be a Docker here: what the Dockerfile says is done by hand, in folders that hold what it copies. */
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {buildable} from '../../services/image/services.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';
import {freePort} from '../kit/ports.ts';
import {skip} from '../skip.ts';
import {allOf, copied, makeContext, makeStage, project, readDockerfile} from './dockerfile.ts';
import {temporaryFolder} from './folder.ts';

const stages = readDockerfile();
const context = path.join(temporaryFolder(), 'context');
test.before(() => makeContext(context));

test('there are the stages that skaffold and the docs name', (t) => {
  t.deepEqual(
    stages.map(({name}) => name),
    ['deps', 'build', 'dev', 'runtime'],
  );
});

test('whatever is copied from the context is there, and .dockerignore lets it in', (t) => {
  const fromContext = stages
    .flatMap(({instructions}) => instructions)
    .filter(({word, rest}) => word === 'COPY' && !rest.startsWith('--from='));

  t.true(fromContext.length >= 4);
  for (const instruction of fromContext)
    for (const source of copied(instruction).sources) t.true(existsSync(path.join(context, source)), source);
});

test('nothing goes to the builder that no stage copies', (t) => {
  const wanted = stages
    .flatMap(({instructions}) => instructions)
    .filter(({word}) => word === 'COPY')
    .flatMap((instruction) => copied(instruction).sources);

  for (const name of readdirSync(context))
    t.true(
      wanted.some((one) => one.split('/')[0] === name),
      name,
    );
});

test('the stage `build` builds with what it copies and nothing else', (t) => {
  const folder = path.join(temporaryFolder(), 'app');
  const [out, libraries] = [path.join(temporaryFolder(), 'out'), path.join(temporaryFolder(), 'libraries')];
  const instructions = allOf(stages, 'build');
  makeStage(instructions, context, folder);
  const runs = instructions
    .filter(({word}) => word === 'RUN')
    .map(({rest}) => rest.replace(/^--mount=\S+ /, ''))
    // Stand for what fetches from elsewhere: a link to the packages that are here. An init may not be here.
    .filter((command) => !/^(apt-get|npm ci\b|cp \/usr\/bin\/tini)/.test(command))
    .map((command) => command.replaceAll('/out', out).replaceAll('/libraries', libraries));

  t.is(runs.length, 2);
  for (const command of runs) {
    // Where the libraries are is Debian's way; elsewhere there is nothing to copy.
    if (command.includes(libraries) && !isDebian) continue;
    execFileSync('sh', ['-c', command], {
      cwd: folder,
      env: {PATH: process.env['PATH'], HOME: folder, SERVICE: 'routing'},
      stdio: 'pipe',
    });
  }

  t.deepEqual(readdirSync(out).sort(), [
    'licences.txt',
    'node',
    'routing',
    'service.cache',
    'service.js',
    'service.mjs',
  ]);
  if (isDebian) t.deepEqual(readdirSync(libraries), ['libatomic.so.1']);
});

const isDebian = process.platform === 'linux' && existsSync('/etc/debian_version');

test('every library that Node wants is in the base or copied', (t) => {
  if (!isDebian) {
    skip(t, 'what Node wants of libraries is asked of Debian’s ldd');
    return;
  }
  // Of gcr.io/distroless/cc-debian13: libc6, libgcc-s1 and libstdc++6.
  const inBase = /^(linux-vdso|ld-linux\S*|libc|libdl|libm|libpthread|libgcc_s|libstdc\+\+)\.so/;
  const wanted = execFileSync('ldd', [process.execPath], {encoding: 'utf8'})
    .split('\n')
    .map((line) => path.basename(line.trim().split(' ')[0] ?? ''))
    .filter((name) => name !== '');
  const copying = allOf(stages, 'build')
    .filter(({word}) => word === 'RUN')
    .flatMap(({rest}) => [...rest.matchAll(/\/(lib[^/\s]+\.so\.\d+)/g)].map(([, name]) => name));

  t.true(wanted.includes('libstdc++.so.6'));
  t.deepEqual(
    wanted.filter((name) => !inBase.test(name)),
    copying,
  );
});

test('an image runs what the build made, as nobody in particular, with no shell', (t) => {
  const runtime = stages.find(({name}) => name === 'runtime');
  const says = (word: string) =>
    runtime?.instructions.filter((one) => one.word === word).map(({rest}) => rest);

  t.deepEqual(says('USER'), ['65532:65532']);
  t.deepEqual(says('ENTRYPOINT'), ['["/app/tini", "-e", "143", "--", "/app/node", "/app/service.mjs"]']);
  t.deepEqual(says('RUN'), []);
  t.deepEqual(
    says('COPY')?.every((rest) => rest.startsWith('--from=build ')),
    true,
  );
  const labels = ['title', 'description', 'licenses', 'version', 'revision', 'source'];
  for (const label of labels)
    t.regex(says('LABEL')?.join() ?? '', new RegExp(`org\\.opencontainers\\.image\\.${label}="`));
});

test('the version of an image is that of the project', (t) => {
  const {version}: {version: string} = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));

  t.true(allOf(stages, 'runtime').some(({word, rest}) => word === 'ARG' && rest === `VERSION=${version}`));
});

test('every service of the manifests that `dip` serves has an image that can be built', async (t) => {
  const all = await readManifests([path.join(project, 'config/knative')]);
  const services = all.services.filter(({command}) => command?.[0] === 'dip');
  const manifests = services.map(({file}) => readFileSync(file, 'utf8')).join('\n');
  const images = [...manifests.matchAll(/^\s+(?:- )?image: (\S+)$/gm)].map(([, image]) => image);

  t.deepEqual(
    images.toSorted(),
    (await buildable()).map((name) => `dip/${name}`),
  );
  t.is(services.length, images.length);
});

test('the stage `dev` runs a copy of the sources, and a change to them starts it anew', async (t) => {
  const folder = path.join(temporaryFolder(), 'app');
  const copy = path.join(temporaryFolder(), 'app');
  const instructions = allOf(stages, 'dev');
  makeStage(instructions, context, folder);
  const entry: string[] = JSON.parse(instructions.findLast(({word}) => word === 'ENTRYPOINT')?.rest ?? '[]');
  const [shell = '', ...words] = entry.map((word) =>
    // The longer name first: it holds the other.
    word.replaceAll('/tmp/app', '\0').replaceAll('/app', folder).replaceAll('\0', copy),
  );
  const port = await freePort();
  const child = spawn(shell, words, {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DIP_DATA_DIR: path.join(temporaryFolder(), 'data'),
      SERVICE: 'routing',
      NODE_DISABLE_COMPILE_CACHE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  // Told, not killed: what it started would live on.
  t.teardown(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      said += piece.toString('utf8');
    });
  const until = async (isSo: () => boolean | Promise<boolean>, meanwhile: () => void = () => {}) => {
    for (let turn = 0; !(await isSo()); turn++) {
      if (child.exitCode !== null) throw new Error(`It ended: ${said}`);
      if (turn > 3_000) throw new Error(`It did not come about in a minute: ${said}`);
      if (turn % 100 === 0) meanwhile();
      await wait(20);
    }
  };
  await until(
    async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200,
  );

  // Saved again every two seconds: a first change may come before all files are watched.
  const change = "\nconsole.log('what is new');\n";
  const save = () => appendFileSync(path.join(copy, 'services/routing/service.ts'), change);
  await until(() => said.includes('what is new'), save);

  t.is(child.exitCode, null);
});
