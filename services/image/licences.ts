import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/**
 * Our own licence, those of all packages whose code is in a bundle, and Node's: they ask to be kept with every copy.
 *
 * @param sources Names of source files, from the project's root.
 */
export function licencesOf(sources: readonly string[], project: string): string {
  const folders = new Set(sources.flatMap((source) => packageFolder(source) ?? []));
  const parts = [...folders].sort().map((folder) => licenceOf(path.resolve(project, folder)));
  return [licenceOf(project), ...new Set(parts), nodesOwn()].join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/koa` of `node_modules/koa/lib/application.js`; undefined for our own code. */
function packageFolder(source: string): string | undefined {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0];
}

function licenceOf(folder: string): string {
  const {name, version, license}: {name: string; version: string; license?: string} = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  return `${name} ${version}, ${license ?? 'licence as below'}\n\n${textIn(folder)}`;
}

function textIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  return file === undefined ? 'No text comes with it.\n' : readFileSync(path.join(folder, file), 'utf8');
}

/** Node's, with all that is built into it, comes with its package. */
function nodesOwn(): string {
  return `Node.js ${process.version}, MIT\n\n${textIn(path.dirname(path.dirname(process.execPath)))}`;
}
