import type {Plugin} from 'esbuild';

/** What packages look for and do without: `pg` a native client, `debug` colours. */
const optional = ['pg-native', 'supports-color'];

/**
 * What OpenTelemetry's SDK loads and a service never uses: the kit refuses gRPC, sends no logs, reads no configuration
 * file. Half the text of a bundle.
 */
const unused = [
  '@opentelemetry/configuration',
  '@opentelemetry/exporter-logs-otlp-grpc',
  '@opentelemetry/exporter-logs-otlp-http',
  '@opentelemetry/exporter-logs-otlp-proto',
  '@opentelemetry/exporter-metrics-otlp-grpc',
  '@opentelemetry/exporter-trace-otlp-grpc',
];

/** Puts in nothing for these but a sentence, which is thrown when one is used all the same. */
export const leftOut: Plugin = {
  name: 'left-out',
  setup({onResolve, onLoad}) {
    onResolve({filter: oneOf(optional)}, ({path}) => ({path, namespace: 'not-installed'}));
    onLoad({filter: /.*/, namespace: 'not-installed'}, ({path}) => ({
      contents: `throw Object.assign(new Error("Cannot find module '${path}'"), {code: 'MODULE_NOT_FOUND'});`,
    }));
    onResolve({filter: oneOf(unused)}, ({path}) => ({path, namespace: 'left-out'}));
    onLoad({filter: /.*/, namespace: 'left-out'}, ({path}) => ({
      contents: `module.exports = new Proxy({}, {get() { throw new Error('${path} is not part of an image.'); }});`,
    }));
    onResolve({filter: oneOf(['@opentelemetry/instrumentation'])}, ({path}) => ({
      path,
      namespace: 'no-patches',
    }));
    onLoad({filter: /.*/, namespace: 'no-patches'}, () => ({contents: noPatches}));
  },
};

/** What instruments other packages patches them while they are loaded, which they are not in a bundle. */
const noPatches = `
  exports.registerInstrumentations = ({instrumentations = []}) => {
    if (instrumentations.flat().length > 0) throw new Error('Packages in an image can not be instrumented.');
    return () => {};
  };`;

function oneOf(names: readonly string[]): RegExp {
  return new RegExp(`^(${names.join('|').replaceAll('/', '\\/')})$`);
}
