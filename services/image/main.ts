/** `npm run build`: what the container image of a service holds, and nothing else. */
import path from 'node:path';
import {parseArgs} from 'node:util';
import type {Built} from './build.ts';
import {buildable} from './services.ts';

const usage = `Makes what the container image of a service holds: one script, its V8 code cache, this Node, and the files that
the service reads. It runs from a read-only folder as any user: FOLDER/node FOLDER/service.mjs

Usage: npm run build -- SERVICE [FOLDER]    (FOLDER: build/SERVICE; what was built there before is replaced)
       npm run build -- --all [FOLDER]      (FOLDER: build, with a folder in it for each service)

Examples:
  npm run build -- routing
  DIP_DATA_DIR=/tmp/dip PORT=8081 build/routing/node build/routing/service.mjs
  npm run build -- ingestion /out
  npm run build -- --all
`;

/** The words were not understood. */
class Misused extends Error {}

try {
  await run();
} catch (error) {
  const isMisused = error instanceof Misused;
  console.error(error instanceof Error ? error.message : String(error));
  if (isMisused) console.error('How it is used: npm run build -- --help');
  process.exitCode = isMisused ? 2 : 1;
}

async function run(): Promise<void> {
  const {values, positionals} = wordsOf(process.argv.slice(2));
  if (values.help) return void process.stdout.write(usage);
  const services = await buildable();
  if (values.all) return all(services, atMost(1, positionals)[0] ?? 'build');
  const [service, folder = `build/${service}`] = atMost(2, positionals);
  if (service === undefined) throw new Misused('Expected the name of a service, got none.');
  if (!services.includes(service))
    throw new Misused(`There is no service ${JSON.stringify(service)}: expected ${services.join(', ')}.`);
  const {buildService} = await import('./build.ts');
  tell(folder, await buildService(service, path.resolve(folder)));
}

/** Node is copied once, and the others share it by links. */
async function all(services: readonly string[], folder: string): Promise<void> {
  const {buildService} = await import('./build.ts');
  let node: string | undefined;
  for (const service of services) {
    const out = path.resolve(folder, service);
    tell(path.join(folder, service), await buildService(service, out, node));
    node ??= path.join(out, 'node');
  }
}

function wordsOf(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {all: {type: 'boolean', default: false}, help: {type: 'boolean', short: 'h', default: false}},
    });
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : String(error));
  }
}

function atMost(most: number, words: string[]): string[] {
  if (words.length > most) throw new Misused(`Expected at most ${most} words, got ${words.join(' ')}.`);
  return words;
}

function tell(folder: string, {files, bundling, exercising}: Built): void {
  console.log(`${folder}: bundled in ${seconds(bundling)}, exercised in ${seconds(exercising)}`);
  for (const {name, bytes} of files) console.log(`${kibibytes(bytes).padStart(10)}  ${name}`);
}

function kibibytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
