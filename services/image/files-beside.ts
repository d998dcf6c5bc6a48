import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {Loader, Plugin} from 'esbuild';

/** What sources name beside themselves. */
export interface Found {
  /** Files and folders that are read at run time, by their names in the image. */
  files: Map<string, string>;
  /** Sources that are started as threads, by the names of their scripts. */
  threads: Map<string, string>;
}

const besideItself = /new URL\(\s*(['"])([^'"\n]+)\1,\s*import\.meta\.url\s*\)/g;

/**
 * `new URL('./rules.yaml', import.meta.url)`: a file beside its source, which is not where the bundle is. What is named
 * that way goes into the image under its path within `services/` or `node_modules/`, and a source becomes a script of
 * its own; the URL is changed to match. Every other use of `import.meta.url` means the script itself.
 */
export function filesBeside(project: string, found: Found): Plugin {
  return {
    name: 'files-beside',
    setup({onLoad}) {
      onLoad({filter: /\.(ts|mjs|js)$/}, async ({path: source}) => {
        const text = await readFile(source, 'utf8');
        if (!text.includes('import.meta.url')) return undefined;
        const contents = text.replace(besideItself, (_all, _quote, name: string) => {
          const file = path.join(path.dirname(source), name);
          if (!existsSync(file))
            throw new Error(`${path.relative(project, source)} names ${name}, which is not there.`);
          return `new URL(${JSON.stringify(`./${placed(file, found)}`)}, import.meta.url)`;
        });
        return {contents, loader: loaderOf(source)};
      });
    },
  };
}

/** Puts a file down among what was found. Its name in the image. */
function placed(file: string, found: Found): string {
  const name = file.replace(/^.*\/(services|node_modules)\//, '');
  if (!/\.[cm]?[jt]s$/.test(file)) {
    found.files.set(name, file);
    return name;
  }
  const script = name.replace(/\.[cm]?[jt]s$/, '').replaceAll('/', '-');
  found.threads.set(script, file);
  return `${script}.mjs`;
}

function loaderOf(source: string): Loader {
  return source.endsWith('.ts') ? 'ts' : 'js';
}
