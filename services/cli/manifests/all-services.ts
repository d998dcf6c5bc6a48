import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Service} from '#kit';

const services = new URL('../../', import.meta.url);

/** Every service of this project, loaded, in the order of their names. */
export async function allServices(): Promise<Service[]> {
  const found: Service[] = [];
  const folders = (await readdir(services, {withFileTypes: true})).filter((entry) => entry.isDirectory());
  for (const {name} of folders.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const files = await readdir(path.join(fileURLToPath(services), name));
    if (!files.includes('service.ts')) continue;
    const imported: {default: Service} = await import(new URL(`${name}/service.ts`, services).href);
    found.push(imported.default);
  }
  return found;
}
