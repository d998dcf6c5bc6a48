import {setTimeout as wait} from 'node:timers/promises';
import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type {Config} from './config.ts';
import {messageOf} from './errors.ts';

export type {Attributes, Span};
export {SpanKind};

const tracer = trace.getTracer('dip');

/**
 * Starts sending telemetry, when an OTLP endpoint is set; otherwise the SDK is not even loaded. The result sends
 * what is left and stops. Everything else of it is set by OpenTelemetry's own variables.
 */
export async function startTelemetry(config: Config, service: string): Promise<() => Promise<void>> {
  if (config.telemetryEndpoint === undefined) return async () => {};
  const {NodeSDK} = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({serviceName: service, instrumentations: []});
  sdk.start();
  return async () => {
    const sent = sdk.shutdown().catch((error: unknown) => {
      process.stderr.write(`${service}: the last telemetry was not sent: ${messageOf(error)}\n`);
    });
    await Promise.race([sent, wait(longestShutdownMs, undefined, {ref: false})]);
  };
}

/** Telemetry that nobody takes must not keep a service from ending in its time. */
const longestShutdownMs = 3000;

/**
 * Runs something within a span, whose parent is the `traceparent` of the message that led to it. An error is
 * put down in the span and thrown on.
 */
export function inSpan<Result>(
  name: string,
  options: {kind: SpanKind; attributes: Attributes; carrier?: Readonly<Record<string, unknown>>},
  run: (span: Span) => Promise<Result>,
): Promise<Result> {
  const {kind, attributes, carrier = {}} = options;
  const parent = propagation.extract(context.active(), carrier);
  return tracer.startActiveSpan(name, {kind, attributes}, parent, async (span) => {
    try {
      return await run(span);
    } catch (error) {
      span.setStatus({code: SpanStatusCode.ERROR, message: messageOf(error)});
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The headers that hand the present trace on; none when nothing is traced. */
export function traceHeaders(): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** The attributes of an event in a span (OpenTelemetry semantic conventions, CloudEvents). */
export function eventAttributes(event: {source: string; id: string; type: string}): Attributes {
  return {
    'cloudevents.event_id': event.id,
    'cloudevents.event_source': event.source,
    'cloudevents.event_type': event.type,
  };
}
