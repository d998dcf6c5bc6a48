/** What the build makes runs where an image runs it, and does what the sources do. */
import {cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import path from 'node:path';
import test from 'ava';
import type {Service} from '#kit';
import {buildService} from '../../services/image/build.ts';
import {buildable, serviceFile} from '../../services/image/services.ts';
import {broker} from '../kit/serving.ts';
import {isRoot, makeReadOnly, type Running, ready, run, standing} from './built.ts';
import {conversation} from './conversation.ts';
import {project} from './dockerfile.ts';
import {temporaryFolder} from './folder.ts';

const services = await buildable();
const builds = path.join(temporaryFolder(), 'builds');
if (!isRoot) console.error('NOT AS ANOTHER USER: only root can start what is built as the user of an image');

test.before(async (t) => {
  t.timeout(services.length * 60_000);
  mkdirSync(builds);
  const [first = ''] = services;
  for (const name of services)
    await buildService(name, folderOf(name), name === first ? undefined : path.join(folderOf(first), 'node'));
  makeReadOnly(builds);
});

for (const name of services) {
  const env = {DIP_SERVICES_URL: 'http://{service}.localhost'};

  test.serial(
    `${name} runs from a read-only folder with an empty environment, and ends when told to`,
    async (t) => {
      const before = standing(folderOf(name));

      const running = await run(t, built(name), {env});
      await ready(running);
      const asked = performance.now();
      running.process.kill('SIGTERM');

      t.is(await running.ended, 0);
      t.true(performance.now() - asked < 5000);
      t.deepEqual(standing(folderOf(name)), before);
    },
  );

  test.serial(`${name} comes out of the code cache`, async (t) => {
    const running = await run(t, seen(name), {env});
    await ready(running);

    t.is(scriptsSeen(running)['service.js'], 'accepted');
  });

  test.serial(`${name} wants nothing at run time but what Node brings`, (t) => {
    const text = readFileSync(path.join(folderOf(name), 'service.js'), 'utf8');
    const wanted = [...text.matchAll(/(?<![\w.$])require\("([^"]+)"\)/g)].map(([, module = '']) => module);

    t.true(wanted.length > 10);
    t.deepEqual(
      wanted.filter((module) => !module.startsWith('node:') && !builtinModules.includes(module)),
      [],
    );
    t.notRegex(text, /(?<![\w.$])import\(/);
  });

  test.serial(`${name} answers what it hears with the bytes that its sources answer with`, async (t) => {
    const answers: string[][] = [];
    for (const words of [built(name), unbundled(name)]) {
      const {url: sink, taken} = await broker(t);
      const running = await run(t, words, {env: {...env, K_SINK: sink.href}});
      await ready(running);
      answers.push(await conversation(await serviceNamed(name), running, taken));
    }

    const [ofBundle = [], ofSources] = answers;
    t.true(ofBundle.length > 0);
    t.deepEqual(ofBundle, ofSources);
  });
}

test.serial('the reading thread comes out of its code cache too', async (t) => {
  const {url: sink, taken} = await broker(t);
  const running = await run(t, seen('ingestion'), {env: {K_SINK: sink.href}});
  await ready(running);
  await conversation(await serviceNamed('ingestion'), running, taken);

  t.deepEqual(scriptsSeen(running), {'ingestion-extract-worker.js': 'accepted', 'service.js': 'accepted'});
});

test.serial(
  'on Kubernetes without a database a built service ends with 78 and says what its sources say',
  async (t) => {
    const env = {KUBERNETES_SERVICE_HOST: '10.0.0.1'};
    const [ofBundle, ofSources] = await Promise.all([
      run(t, built('routing'), {env}),
      run(t, unbundled('routing'), {env}),
    ]);

    t.is(await ofBundle.ended, 78);
    t.is(await ofSources.ended, 78);
    t.regex(ofBundle.said(), /^routing: DATABASE_URL is not set: [^\n]+\.\n$/);
    t.is(ofBundle.said(), ofSources.said());
  },
);

const spoilt: Record<string, (cache: string) => void> = {
  'is not there': (cache) => rmSync(cache),
  'is cut off': (cache) => truncateSync(cache, 100_000),
  'is empty': (cache) => truncateSync(cache, 0),
  'was made by another Node': (cache) => {
    const bytes = readFileSync(cache);
    // The hash of V8's version, the second word of its header.
    bytes.writeUInt32LE((bytes.readUInt32LE(4) ^ 1) >>> 0, 4);
    writeFileSync(cache, bytes);
  },
};
for (const [what, spoil] of Object.entries(spoilt)) {
  test.serial(`a code cache that ${what} keeps no service from starting`, async (t) => {
    const copy = path.join(temporaryFolder(), 'copy');
    copyOf('routing', copy);
    spoil(path.join(copy, 'service.cache'));
    makeReadOnly(copy);

    const running = await run(t, [node('routing'), '--import', watcher, path.join(copy, 'service.mjs')]);
    await ready(running);

    t.not(scriptsSeen(running)['service.js'], 'accepted');
  });
}

test.serial('V8 flags that the cache was not made with keep no service from starting', async (t) => {
  const words = [node('routing'), '--no-sparkplug', '--import', watcher, entry('routing')] as const;

  const running = await run(t, words);
  await ready(running);

  t.deepEqual(scriptsSeen(running), {'service.js': 'rejected'});
});

test.serial('a build under another path comes out of its code cache', async (t) => {
  const copy = path.join(temporaryFolder(), 'elsewhere');
  copyOf('routing', copy);
  makeReadOnly(copy);

  const running = await run(t, [node('routing'), '--import', watcher, path.join(copy, 'service.mjs')]);
  await ready(running);

  t.deepEqual(scriptsSeen(running), {'service.js': 'accepted'});
});

test.serial('a build carries the licences of what is in it', (t) => {
  const text = readFileSync(path.join(folderOf('ingestion'), 'licences.txt'), 'utf8');

  for (const name of ['dip', 'koa', '@hyzyla/pdfium', 'eld', '@opentelemetry/sdk-node', 'Node.js'])
    t.regex(text, new RegExp(`^${name} v?\\d+\\.\\d+\\.\\d+, `, 'm'));
  t.notRegex(text, /^esbuild /m);
});

async function serviceNamed(name: string): Promise<Service> {
  const imported: {default: Service} = await import(serviceFile(name));
  return imported.default;
}

function folderOf(name: string): string {
  return path.join(builds, name);
}

function node(name: string): string {
  return path.join(folderOf(name), 'node');
}

function entry(name: string): string {
  return path.join(folderOf(name), 'service.mjs');
}

/** What an image's init starts. */
function built(name: string): [string, ...string[]] {
  return [node(name), entry(name)];
}

function unbundled(name: string): [string, ...string[]] {
  return [process.execPath, path.join(project, 'services/cli/start.mjs'), 'serve', name];
}

/** The same, with a look at what V8 says of each script's cache. */
function seen(name: string): [string, ...string[]] {
  return [node(name), '--import', watcher, entry(name)];
}

const watcher = `data:text/javascript,${encodeURIComponent(`
  import vm from 'node:vm';
  import {writeSync} from 'node:fs';
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      const said = {true: 'rejected', false: 'accepted', undefined: 'none'}[this.cachedDataRejected];
      writeSync(1, '\\nSCRIPT ' + options.filename.split('/').pop() + ' ' + said + '\\n');
    }
  };`)}`;

function scriptsSeen({said}: Running): Record<string, string> {
  return Object.fromEntries(
    [...said().matchAll(/^SCRIPT (\S+) (\S+)$/gm)].map(([, name = '', what = '']) => [name, what]),
  );
}

function copyOf(name: string, copy: string): void {
  mkdirSync(copy);
  for (const file of ['service.mjs', 'service.js', 'service.cache', name]) {
    cpSync(path.join(folderOf(name), file), path.join(copy, file), {recursive: true, mode: 0});
  }
}
