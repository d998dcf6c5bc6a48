import {constants} from 'node:fs';
import {chmod, copyFile, link, mkdir, readdir, rename, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Service} from '#kit';
import {bundle} from './bundle.ts';
import {exercise} from './exercise.ts';
import {licencesOf} from './licences.ts';
import {serviceFile} from './services.ts';

/** What building came to. */
export interface Built {
  /** By name, in bytes; a folder's files under its name. */
  files: {name: string; bytes: number}[];
  /** Milliseconds. */
  bundling: number;
  exercising: number;
}

const project = path.join(import.meta.dirname, '../..');

/**
 * Makes what a service's image holds, in a folder that then holds nothing else. It is whole or not there.
 *
 * @param node A copy of this Node to share by a link, where there is one already. (Default: it is copied)
 * @throws Error when the folder holds something that was not built here.
 */
export async function buildService(name: string, out: string, node = process.execPath): Promise<Built> {
  await refuseOthersFolder(out);
  const draft = `${out}.draft`;
  await rm(draft, {recursive: true, force: true});
  await mkdir(draft, {recursive: true});
  try {
    await putNode(node, path.join(draft, 'node'));
    const begin = performance.now();
    const {scripts, sources} = await bundle(name, draft);
    await writeFile(path.join(draft, 'licences.txt'), licencesOf(sources, project));
    const bundled = performance.now();
    const {default: service}: {default: Service} = await import(pathToFileURL(serviceFile(name)).href);
    await exercise(service, draft, {node: path.join(draft, 'node'), scripts});
    const exercised = performance.now();
    await rm(out, {recursive: true, force: true});
    await rename(draft, out);
    return {files: await filesIn(out), bundling: bundled - begin, exercising: exercised - bundled};
  } finally {
    await rm(draft, {recursive: true, force: true});
  }
}

/** Building empties the folder first, so it had better be one of ours. */
async function refuseOthersFolder(out: string): Promise<void> {
  const names = await readdir(out).catch((): string[] => []);
  if (names.length > 0 && !names.includes('service.mjs'))
    throw new Error(`Expected ${out} to be empty or an earlier build, got a folder with other things in it.`);
}

async function putNode(node: string, target: string): Promise<void> {
  if (node !== process.execPath) return link(node, target);
  await copyFile(node, target, constants.COPYFILE_FICLONE);
  await chmod(target, 0o755);
}

async function filesIn(folder: string): Promise<{name: string; bytes: number}[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const sized = files.map(async (file) => ({
    name: path.relative(folder, file),
    bytes: (await stat(file)).size,
  }));
  return (await Promise.all(sized)).sort((one, other) => (one.name < other.name ? -1 : 1));
}
