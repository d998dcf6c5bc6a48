import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {YamlFile} from '#settings';
import {bundle, bundleScript} from '../../services/image/bundle.ts';
import type {Found} from '../../services/image/files-beside.ts';
import {temporaryFolder} from './folder.ts';

/** Bundles a module of this text, and says what it printed when it ran. */
async function printed(contents: string): Promise<{found: Found; words: string; script: string}> {
  const out = temporaryFolder();
  const found = nothingFound();
  await bundleScript('made-up', contents, {found, out});
  const words = execFileSync(process.execPath, [path.join(out, 'made-up.mjs')], {encoding: 'utf8', env: {}});
  return {found, words, script: readFileSync(path.join(out, 'made-up.js'), 'utf8')};
}

function nothingFound(): Found {
  return {files: new Map(), threads: new Map()};
}

test('a file beside a source is found under its path, and the bundle looks for it beside itself', async (t) => {
  const {found, words} = await printed(
    "import '#kit';\nimport './services/routing/service.ts';\nconsole.log('ran');",
  );

  t.is(words, 'ran\n');
  t.deepEqual([...found.files.keys()], ['routing/rules.yaml']);
});

test('a thread becomes a script of its own', async (t) => {
  const {found, script} = await printed("export * from './services/ingestion/extract/thread.ts';");

  t.deepEqual([...found.threads.keys()], ['ingestion-extract-worker']);
  // A text may go on in the next line, as lines are broken wherever they are too long.
  t.true(script.replaceAll('\\\n', '').includes('"./ingestion-extract-worker.mjs"'));
});

test('what is loaded late is run late, and is in the bundle', async (t) => {
  const {words} = await printed(
    "import('yaml').then(({stringify}) => console.log(stringify({late: true})));\nconsole.log('first');",
  );

  t.is(words, 'first\nlate: true\n\n');
});

test('a module that Node brings can be loaded late', async (t) => {
  const {words} = await printed(
    "import('node:os').then((os) => console.log(typeof os.cpus, typeof os.default.cpus));",
  );

  t.is(words, 'function function\n');
});

const refused: Record<string, [string, RegExp]> = {
  'a package that is not there': ["import 'not-there';", /Could not resolve "not-there"/],
  'a module that is wanted at run time only': [
    "try { require('not-there'); } catch {}",
    /^Expected made-up to be whole, but it wants not-there at run time\.$/,
  ],
  'an await at the top': ['await 1;', /Top-level await is currently not supported/],
};
for (const [what, [contents, sentence]] of Object.entries(refused)) {
  test(`${what} is refused`, async (t) => {
    const out = temporaryFolder();

    await t.throwsAsync(bundleScript('made-up', contents, {found: nothingFound(), out}), {message: sentence});
  });
}

test('a file that a source names and that is not there is refused', async (t) => {
  const out = temporaryFolder();
  const source = path.join(temporaryFolder(), 'source.ts');
  writeFileSync(source, "export const rules = new URL('./rules.yaml', import.meta.url);");

  const bundling = bundleScript('made-up', `import ${JSON.stringify(source)};`, {found: nothingFound(), out});

  await t.throwsAsync(bundling, {message: /names \.\/rules\.yaml, which is not there/});
});

test('what OpenTelemetry is said to need hardly ever is loaded when it is used, and can be used', async (t) => {
  const {words} = await printed(`
    const {PrometheusExporter} = require('@opentelemetry/exporter-prometheus');
    console.log(typeof PrometheusExporter, 'OTLPTraceExporter' in require('@opentelemetry/exporter-trace-otlp-http'));
    console.log(require('mime-types').contentType('html'));
  `);

  t.is(words, 'function true\ntext/html; charset=utf-8\n');
});

test('what is left out says so when it is used', async (t) => {
  const {words} = await printed(`
    const grpc = require('@opentelemetry/exporter-trace-otlp-grpc');
    try { new grpc.OTLPTraceExporter(); } catch (error) { console.log(error.message); }
  `);

  t.is(words, '@opentelemetry/exporter-trace-otlp-grpc is not part of an image.\n');
});

test('no line of a bundle fills a log when a fault shows the line that it is on', async (t) => {
  const {script} = await printed("import '#kit';");

  const longest = Math.max(...script.split('\n').map((line) => line.length));
  t.true(longest < 20_000, `${longest}`);
});

test('a long file in YAML becomes JSON that says the same', async (t) => {
  const out = temporaryFolder();
  await bundle('classification', out);
  const name = 'classification/signals/signals.yaml';
  const shipped = readFileSync(path.join(import.meta.dirname, '../../services', name), 'utf8');
  const bundled = readFileSync(path.join(out, name), 'utf8');

  t.deepEqual(JSON.parse(bundled), new YamlFile(shipped, name).value);
});
