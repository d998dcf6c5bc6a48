import type {Plugin} from 'esbuild';

/** What packages look for and do without: `pg` a native client, `debug` colours. */
const optional = /^(pg-native|supports-color)$/;

/** Answers for a module that is not installed, as Node would. */
export const absent: Plugin = {
  name: 'absent',
  setup({onResolve, onLoad}) {
    onResolve({filter: optional}, ({path}) => ({path, namespace: 'absent'}));
    onLoad({filter: /.*/, namespace: 'absent'}, ({path}) => ({
      contents: `throw Object.assign(new Error("Cannot find module '${path}'"), {code: 'MODULE_NOT_FOUND'});`,
    }));
  },
};
