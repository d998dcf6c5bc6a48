import {randomUUID} from 'node:crypto';
import {setTimeout as wait} from 'node:timers/promises';
import project from '#package' with {type: 'json'};
import type {TelemetryConfig} from '../config.ts';
import {messageOf} from '../errors.ts';
import type {Log} from '../log.ts';
import {beginMeasuring} from './metrics.ts';
import {beginTracing} from './span.ts';

/** Sends what is left and stops; what is not taken within `limitMs`, 3 seconds at most, is lost. */
export type StopTelemetry = (limitMs?: number) => Promise<void>;

/**
 * Starts sending telemetry, when an OTLP endpoint is set; otherwise OpenTelemetry is not even loaded. Everything
 * else of it is set by OpenTelemetry's own variables. `log` is told, now and then, when nobody takes it.
 */
export async function startTelemetry(
  telemetry: TelemetryConfig | undefined,
  {service, log}: {service: string; log: Log},
): Promise<StopTelemetry> {
  if (telemetry === undefined) return async () => {};
  const [{NodeSDK, resources}, api] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/api'),
  ]);
  const attributes = {...resourceOf(service), ...telemetry.resource};
  api.diag.setLogger(complaints(log), api.DiagLogLevel.WARN);
  const sdk = new NodeSDK({
    // Under what the environment says of the resource: `serviceName` would win over OTEL_SERVICE_NAME.
    resource: resources.defaultResource().merge(resources.resourceFromAttributes(attributes)),
    instrumentations: [],
    // The log goes to standard output.
    logRecordProcessors: [],
    // What has no endpoint is not made at all: its exporter would look for one on localhost.
    ...(telemetry.traces ? {} : {spanProcessors: []}),
    ...(telemetry.metrics ? {} : {metricReaders: []}),
  });
  sdk.start();
  const endTracing = telemetry.traces ? beginTracing(api) : () => {};
  const endMeasuring = telemetry.metrics ? beginMeasuring(api) : () => {};
  return async (limitMs = longestShutdownMs) => {
    const ms = Math.min(limitMs, longestShutdownMs);
    const sent = sdk.shutdown().then(() => undefined, messageOf);
    const late = wait(ms, `it took longer than ${Math.round(ms)} ms`, {ref: false});
    const fault = await Promise.race([sent, late]);
    if (fault !== undefined) log('warn', `The last telemetry was not sent: ${fault.slice(0, 300)}`);
    endTracing();
    endMeasuring();
  };
}

/** Telemetry that nobody takes must not keep a service from ending in its time. */
const longestShutdownMs = 3000;

/** Who sends (OpenTelemetry resource conventions, `service.*`): each process is an instance of its own. */
function resourceOf(service: string): Record<string, string> {
  return {
    'service.name': service,
    'service.namespace': 'dip',
    'service.version': project.version,
    'service.instance.id': randomUUID(),
  };
}

/** An endpoint that is away is away for each batch: a line a minute says enough. */
const silenceMs = 60_000;

function complaints(log: Log) {
  let quietUntil = Number.NEGATIVE_INFINITY;
  const complain = (...words: unknown[]) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + silenceMs;
    log('warn', `Telemetry: ${words.map(sentenceOf).join(' ').slice(0, 300)}`);
  };
  const ignore = () => {};
  return {error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore};
}

/** The SDK hands errors on as JSON, with the stack first. */
function sentenceOf(word: unknown): string {
  const message = typeof word === 'string' ? /"message":("(?:[^"\\]|\\.)*")/.exec(word)?.[1] : undefined;
  return message === undefined ? messageOf(word) : String(JSON.parse(message));
}
