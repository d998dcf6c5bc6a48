import type {Plugin} from 'esbuild';

/**
 * Packages that others load at their start and hardly ever use: OpenTelemetry's SDK all the ways of sending that there
 * are, Koa the media types of all file names. Each is loaded by the first use of something in it, so that until then
 * it costs no more than its text.
 */
const hardlyUsed = [
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-zipkin',
  '@opentelemetry/propagator-b3',
  '@opentelemetry/propagator-jaeger',
  '@opentelemetry/sdk-logs',
];

/** What Node brings and packages load to use it hardly ever: OpenTelemetry compresses only when it is told to. */
const builtins = ['zlib'];

/** The same, where others take the functions of a package out of it at their start: those are loaded when called. */
const hardlyCalled = ['mime-types'];

const escaped = [...hardlyUsed, ...hardlyCalled, ...builtins]
  .map((name) => name.replace('/', '\\/'))
  .join('|');

/** Puts a stand-in where a package of the list is required by a CommonJS module. */
export const whenUsed: Plugin = {
  name: 'when-used',
  setup({onResolve, onLoad}) {
    onResolve({filter: new RegExp(`^(${escaped})$`)}, ({path, kind, namespace, resolveDir}) =>
      kind === 'require-call' && namespace === 'file'
        ? {path, namespace: 'when-used', pluginData: resolveDir}
        : undefined,
    );
    onLoad({filter: /.*/, namespace: 'when-used'}, ({path, pluginData}) => ({
      contents: standIn(path),
      loader: 'js',
      resolveDir: pluginData,
    }));
  },
};

/** What modules see of a package until they use it: a function with no properties of its own that answers for it. */
function standIn(name: string): string {
  return `
    let loaded;
    const load = () => loaded ??= require(${JSON.stringify(name)});
    module.exports = new Proxy(() => {}, {
      get: (_, key) => ${hardlyCalled.includes(name) ? '(...values) => load()[key](...values)' : 'load()[key]'},
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), key);
        return descriptor && {...descriptor, configurable: true};
      },
      apply: (_, self, values) => Reflect.apply(load(), self, values),
    });`;
}
