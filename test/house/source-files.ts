import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';

const project = path.join(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly name: string;
  readonly text: string;
}

/** Every TypeScript file below these folders of the project, by name. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, {cwd: project}))
    .map((name) => ({name: name.replaceAll('\\', '/'), text: readFileSync(path.join(project, name), 'utf8')}))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The folders right below a folder of the project, without hidden ones. */
export function foldersIn(folder: string): string[] {
  return [
    ...new Set(globSync(`${folder}/*/**`, {cwd: project}).map((name) => name.split(path.sep)[1] ?? '')),
  ].sort();
}
