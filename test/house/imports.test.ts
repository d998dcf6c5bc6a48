/** Rules about who may import whom. */
import path from 'node:path';
import test from 'ava';
import {foldersIn, type SourceFile, sourceFiles} from './source-files.ts';

/** What each folder of `services/` may import of the others; a service, what `service` says. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  kit: ['#package'],
  events: ['#kit'],
  settings: ['#kit', '#events'],
  manifests: ['#kit', '#kit/json'],
  cluster: ['#kit', '#kit/json', '#manifests'],
  gateway: ['#kit', '#kit/wire', '#manifests'],
  local: ['#kit', '#kit/wire', '#manifests', '#gateway'],
  cli: [
    '#kit',
    '#kit/wire',
    '#kit/json',
    '#events',
    '#settings',
    '#manifests',
    '#cluster',
    '#gateway',
    '#local',
    '#package',
  ],
  console: ['#kit', '#kit/wire', '#gateway', '#package'],
  image: ['#kit', '#kit/wire', '#events', '#gateway'],
  service: ['#kit', '#events', '#settings'],
};

/** HTTP and telemetry are the kit's, so that a service says nothing about them. */
const notOfServices = /^(node:https?|node:http2|koa|undici|@opentelemetry\/.*)$/;

/** The files that may look at the environment. */
const readersOfEnvironment = /^services\/(kit\/config\.ts|cli\/)/;

const files = sourceFiles('services');

test('the files are found', (t) => {
  t.true(files.length > 100);
  t.true(foldersIn('services').includes('kit'));
});

for (const folder of foldersIn('services')) {
  test(`${folder} imports only what it may`, (t) => {
    for (const file of files.filter(({name}) => name.startsWith(`services/${folder}/`)))
      t.deepEqual(faultsOf(file), [], file.name);
  });
}

test('nobody but the kit’s configuration and the command line reads the environment', (t) => {
  const readers = files.filter(({text}) => readsEnvironment(text)).map(({name}) => name);

  t.true(readers.includes('services/kit/config.ts'));
  t.deepEqual(
    readers.filter((name) => !readersOfEnvironment.test(name)),
    [],
  );
});

const wrong: Record<string, [string, string]> = {
  'a service that imports a service': ['routing', "import {x} from '../archive/keep.ts';"],
  'a service that imports the local broker': ['routing', "import {x} from '#local';"],
  'a service that loads a service': ['routing', "const {x} = await import('../archive/keep.ts');"],
  'a service that speaks HTTP': ['routing', "import type {Server} from 'node:http';"],
  'a service that traces': ['routing', "import {trace} from '@opentelemetry/api';"],
  'a service that reaches into the kit': ['routing', "import {x} from '../kit/blobs.ts';"],
  'a kit that knows a fact': ['kit', "export {x} from '#events';"],
  'facts that know an owner’s settings': ['events', "import {x} from '#settings';"],
  'settings that know a service': ['settings', "import {x} from '../routing/rules.ts';"],
  'facts that know the local broker': ['events', "import '#local';"],
  'a service that lets people in': ['routing', "import {pass} from '#gateway';"],
  'a console that speaks HTTP': ['console', "import type {IncomingMessage} from 'node:http';"],
  'a gateway that knows the local broker': ['gateway', "import '#local';"],
  'a service that reads manifests': ['routing', "import {x} from '#manifests';"],
  'manifests that know the local broker': ['manifests', "import {x} from '#local';"],
  'manifests that ask a cluster': ['manifests', "import {x} from '#cluster';"],
  'a cluster that knows the command line': ['cluster', "import {x} from '../cli/failure.ts';"],
  'a local broker that knows a fact': ['local', "import {\n  x,\n  y,\n} from '#events';"],
};
for (const [what, [folder, text]] of Object.entries(wrong)) {
  test(`${what} would be found`, (t) => {
    const kind = folder === 'routing' ? 'service' : folder;
    t.is(faultsOf({name: `services/${folder}/x.ts`, text}, kind).length, 1);
  });
}

test('reading the environment would be found', (t) => {
  for (const text of ['process.env.PORT', "process['env']", "import {env} from 'node:process';"])
    t.true(readsEnvironment(text));
});

function faultsOf({name, text}: SourceFile, kind = kindOf(name)): string[] {
  const own = name.split('/').slice(0, 2).join('/');
  return importsOf(text).filter((specifier) => {
    if (specifier.startsWith('.'))
      return !path.posix.join(path.posix.dirname(name), specifier).startsWith(`${own}/`);
    if (specifier.startsWith('#')) return !allowed[kind]?.includes(specifier);
    return isService(kind) && notOfServices.test(specifier);
  });
}

function kindOf(name: string): string {
  const folder = name.split('/')[1] ?? '';
  const isDeployed = files.some((file) => file.name === `services/${folder}/service.ts`);
  return isDeployed && !(folder in allowed) ? 'service' : folder;
}

/** The console takes requests as they come, and yet leaves HTTP to the kit and the gateway. */
function isService(kind: string): boolean {
  return kind === 'service' || kind === 'console';
}

/** What a file imports, exports from elsewhere, or loads by a name that is written out. */
function importsOf(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export|\}|.*\bimport\()[^'"`;]*['"`]([^'"`]+)['"`]/gm);
  return [...statements].flatMap(([statement, specifier = '']) =>
    /\b(from|import)\s*\(?\s*['"`][^'"`]+['"`]$/.test(statement) ? [specifier] : [],
  );
}

function readsEnvironment(text: string): boolean {
  return /\bprocess\??\.env\b|\bprocess\s*\[|\bfrom 'node:process'/.test(text);
}
