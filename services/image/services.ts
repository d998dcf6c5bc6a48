import {access, readdir} from 'node:fs/promises';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..');

/** The names of all services that can be built. */
export async function buildable(): Promise<string[]> {
  const names = await readdir(folder);
  const isService = await Promise.all(names.map((name) => exists(serviceFile(name))));
  return names.filter((_name, index) => isService[index]).sort();
}

/** The file that says what a service is. */
export function serviceFile(name: string): string {
  return path.join(folder, name, 'service.ts');
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
