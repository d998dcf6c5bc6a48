import type {Plugin} from 'esbuild';

/**
 * Packages that others load at their start and hardly ever use: OpenTelemetry's SDK all the ways of sending there are,
 * Koa what reads headers that we do not read. Each is loaded by the first use of something in it, so that until then
 * it costs what its text costs.
 */
const hardlyUsed = [
  '@opentelemetry/configuration',
  '@opentelemetry/exporter-logs-otlp-grpc',
  '@opentelemetry/exporter-logs-otlp-http',
  '@opentelemetry/exporter-logs-otlp-proto',
  '@opentelemetry/exporter-metrics-otlp-grpc',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-metrics-otlp-proto',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/exporter-trace-otlp-grpc',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-trace-otlp-proto',
  '@opentelemetry/instrumentation',
  '@opentelemetry/otlp-grpc-exporter-base',
  '@opentelemetry/propagator-b3',
  '@opentelemetry/propagator-jaeger',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/semantic-conventions',
  'accepts',
  'type-is',
];

const escaped = hardlyUsed.map((name) => name.replace('/', '\\/')).join('|');

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
      get: (_, key) => load()[key],
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), key);
        return descriptor && {...descriptor, configurable: true};
      },
      apply: (_, self, values) => Reflect.apply(load(), self, values),
    });`;
}
