import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Checked, checkOf, filenames} from './checks.ts';

/** Checks every file of a folder of settings, in order of their names. */
export async function checkFolder(folder: string): Promise<Map<string, Checked>> {
  const found = new Map<string, Checked>();
  // A mounted ConfigMap keeps its files a second time, in a folder whose name begins with a dot.
  for (const name of (await readdir(folder)).filter((each) => !each.startsWith('.')).sort()) {
    const file = path.join(folder, name);
    const check = checkOf(name);
    found.set(
      file,
      check === undefined
        ? {has: '', faults: [`${file}: Expected ${filenames}: no service reads a file of this name.`]}
        : await check(await readFile(file, 'utf8'), file),
    );
  }
  return found;
}
