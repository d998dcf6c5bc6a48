import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import type {Plugin} from 'esbuild';

const conventions = '@opentelemetry/semantic-conventions';
const required = new RegExp(`^const (\\w+) = require\\("${conventions}"\\);$`, 'm');

/**
 * The names of OpenTelemetry's conventions are put where they are used: the package of all of them takes 4 ms to load,
 * and of its hundreds of names the SDK uses a dozen.
 */
export const conventionNames: Plugin = {
  name: 'convention-names',
  setup({onLoad}) {
    onLoad({filter: /@opentelemetry\/.*\.js$/}, async ({path: source}) => {
      const text = await readFile(source, 'utf8');
      const [, name] = required.exec(text) ?? [];
      if (name === undefined) return undefined;
      const all: Record<string, unknown> = createRequire(source)(conventions);
      const used = [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, key = '']) => key);
      const values = Object.fromEntries(used.map((key) => [key, all[key]]));
      return {contents: text.replace(required, `const ${name} = ${JSON.stringify(values)};`)};
    });
  },
};
