import {globSync} from 'node:fs';
import path from 'node:path';

const project = path.join(import.meta.dirname, '../..');

/** The folders of examples that hold manifests, from the project's root. */
export const examples: readonly string[] = [
  ...new Set(globSync('examples/*/*.yaml', {cwd: project}).map((file) => path.dirname(file))),
].sort();
