import {cp, mkdir, readFile, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {readModel, writeModel} from '../../services/classification/model.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Copies the services into a folder, so that they can be run changed. */
export async function copyProject(folder: string): Promise<void> {
  await mkdir(folder, {recursive: true});
  await cp(path.join(root, 'services'), path.join(folder, 'services'), {recursive: true});
  await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

/** What is not the project's own, or is made when it is used. */
const left = new Set(['node_modules', '.git', '.dip', 'build']);

/** Copies all of the project into a folder that is not there yet, so that somebody can work on it. */
export async function copyWholeProject(folder: string): Promise<void> {
  await cp(root, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !left.has(path.relative(root, file)),
  });
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

/**
 * Changes everything that an answer depends on: each category gets the name of another, all queues are renamed, and
 * every letter closes in other words. What the two versions say of one document has nothing in common.
 */
export async function changeMind(folder: string): Promise<void> {
  const modelFile = path.join(folder, 'services/classification/models/consumer-finance-1.1.0.model');
  const model = await readModel(modelFile);
  const [first = '', ...others] = model.categories;
  await writeModel(modelFile, {...model, version: '2.0.0', categories: [...others, first]});
  await edit(path.join(folder, 'services/routing/rules.yaml'), /queue: /g, 'queue: other-');
  for (const letter of ['general', 'credit_card', 'mortgage', 'debt_collection'])
    await edit(
      path.join(folder, `services/response/templates/${letter}.liquid`),
      /Yours sincerely/,
      'Kind regards',
    );
}

/** @throws Error when there is nothing to change: then nothing would be tried. */
async function edit(file: string, pattern: RegExp, replacement: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = text.replace(pattern, replacement);
  if (changed === text) throw new Error(`Expected ${pattern} in ${file}, got none.`);
  await writeFile(file, changed);
}
