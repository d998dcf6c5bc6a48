import {copyFile, cp, mkdir, readFile, writeFile} from 'node:fs/promises';
import {builtinModules} from 'node:module';
import path from 'node:path';
import {build, type Message, type Metafile} from 'esbuild';
import {parse} from 'yaml';
import {type Found, filesBeside} from './files-beside.ts';
import {leftOut} from './left-out.ts';
import {whenUsed} from './when-used.ts';

/** What a bundle came to. */
export interface Bundle {
  /** Its scripts, each with a loader: `service`, and a name for each thread that it starts. */
  scripts: string[];
  /** The names of all source files in it, from the project's root. */
  sources: string[];
}

const project = path.join(import.meta.dirname, '../..');

/**
 * Bundles a service and the threads that it starts, a script each, and copies the files that they read.
 *
 * @param out A folder, which is there.
 * @throws Error when a source can't be bundled or wants something at run time that is not there.
 */
export async function bundle(service: string, out: string): Promise<Bundle> {
  const found: Found = {files: new Map(), threads: new Map()};
  const entry = `import {serve} from '#kit/wire';\nimport service from './services/${service}/service.ts';\nvoid serve(service);\n`;
  const sources = new Set(await bundleScript('service', entry, {found, out}));
  // Threads may start threads: the list grows while it is gone through.
  for (const [name, file] of found.threads) {
    const contents = `import ${JSON.stringify(`./${path.relative(project, file)}`)};`;
    for (const source of await bundleScript(name, contents, {found, out})) sources.add(source);
  }
  for (const [name, file] of found.files) {
    const target = path.join(out, name);
    await mkdir(path.dirname(target), {recursive: true});
    await cp(file, target, {recursive: true});
    if (name.endsWith('.yaml')) await writeAsJson(target);
  }
  return {scripts: ['service', ...found.threads.keys()], sources: [...sources].sort()};
}

/** Bytes from which reading YAML takes more of a start than reading the whole script does. */
const longYaml = 32_768;

/** A long file in YAML becomes JSON, which is YAML too: services that start from zero read it a hundred times as fast. */
async function writeAsJson(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (text.length >= longYaml) await writeFile(file, JSON.stringify(parse(text)));
}

/**
 * Bundles one script, and puts the loader beside it.
 *
 * @param contents What it begins with: a module at the project's root.
 * @returns The names of all source files in it, from the project's root.
 */
export async function bundleScript(
  name: string,
  contents: string,
  {found, out}: {found: Found; out: string},
): Promise<string[]> {
  const {metafile, warnings} = await build({
    stdin: {contents, resolveDir: project, sourcefile: `${name}.ts`, loader: 'ts'},
    outfile: path.join(out, `${name}.js`),
    absWorkingDir: project,
    bundle: true,
    platform: 'node',
    target: 'node26',
    // As Node resolves: without the `module` condition, by which a package can be in a bundle twice.
    conditions: [],
    // Of all formats the one whose whole code V8 caches, functions that were compiled late too.
    format: 'cjs',
    // Such a script can't import; it requires what Node brings, and everything else is in it.
    supported: {'dynamic-import': false},
    banner: {js: '(function (require, module, __dirname, importMetaUrl) {'},
    footer: {js: '})'},
    define: {'import.meta.url': 'importMetaUrl'},
    minifyWhitespace: true,
    lineLimit: 160,
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
    logOverride: {'empty-import-meta': 'error', 'unsupported-dynamic-import': 'warning'},
    plugins: [filesBeside(project, found), leftOut, whenUsed],
  });
  refuseWarnings(warnings);
  refuseStrangers(metafile, name);
  await copyFile(path.join(import.meta.dirname, 'loader.mjs'), path.join(out, `${name}.mjs`));
  return Object.keys(metafile.inputs);
}

/** Of packages we may use the rest; of our own code we use all. */
function refuseWarnings(warnings: readonly Message[]): void {
  const ours = warnings.filter(({location}) => location?.file.startsWith('services/'));
  if (ours.length === 0) return;
  const lines = ours.map(({location, text}) => `${location?.file}:${location?.line}: ${text}`);
  throw new Error(lines.join('\n'));
}

/** Only what Node itself brings may be left to find at run time. */
function refuseStrangers(metafile: Metafile, name: string): void {
  const wanted = Object.values(metafile.outputs).flatMap(({imports}) => imports.map((one) => one.path));
  const strangers = wanted.filter((one) => !one.startsWith('node:') && !builtinModules.includes(one));
  if (strangers.length > 0)
    throw new Error(`Expected ${name} to be whole, but it wants ${strangers.join(', ')} at run time.`);
}
