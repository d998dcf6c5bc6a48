import {AsyncLocalStorage} from 'node:async_hooks';
import type {IncomingHttpHeaders} from 'node:http';
import type {Attributes, Context, Link, Span, Tracer} from '@opentelemetry/api';
import type {LogFields} from '../log.ts';
import {headersOf, type TraceContext, traceContextOf} from './trace-context.ts';

export type {Attributes};

/** What a span says of itself; asked for only when it is recorded. */
export interface SpanDescription {
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  attributes: Attributes;
  /** The span before it, where that is another process's. (Default: the one around it) */
  parent?: TraceContext | undefined;
  /** What else led to it. (Default: nothing) */
  linked?: readonly TraceContext[];
  /** Whether an error is the fault of what the span does. (Default: every error is) */
  isFault?: (error: unknown) => boolean;
}

/** Puts something down about the span under way; nothing when it is not recorded. */
export type Describe = (attributes: Attributes) => void;

type Api = typeof import('@opentelemetry/api');

/** Undefined: no telemetry is sent, and OpenTelemetry is not even loaded. */
let tracing: {api: Api; tracer: Tracer} | undefined;

/** Spans are recorded from now on, until the result is called. */
export function beginTracing(api: Api): () => void {
  tracing = {api, tracer: api.trace.getTracer('dip')};
  return () => {
    tracing = undefined;
  };
}

/**
 * Runs something within a span. An error is put down in the span and thrown on. Without telemetry the trace that it
 * came by, which others may record, is still handed on and named in the log.
 */
export function inSpan<Result>(
  name: string,
  describe: () => SpanDescription,
  run: (describe: Describe) => Promise<Result>,
): Promise<Result> {
  if (tracing === undefined) return run(nowhere);
  const {api, tracer} = tracing;
  const {kind, attributes, parent, linked = [], isFault = () => true} = describe();
  const links = linked.map((context): Link => ({context: spanContextOf(api, context)}));
  const options = {kind: kinds[kind], attributes, links};
  return tracer.startActiveSpan(name, options, contextOf(api, parent), async (span) => {
    try {
      return await run((more) => void span.setAttributes(more));
    } catch (error) {
      if (isFault(error)) putDown(api, span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** OpenTelemetry's `SpanKind`, whose package is loaded only when telemetry is sent. */
const kinds = {internal: 0, server: 1, client: 2, producer: 3, consumer: 4};

function nowhere(): void {}

function putDown({SpanStatusCode}: Api, span: Span, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  span.setStatus({code: SpanStatusCode.ERROR, message: message.slice(0, 300)});
  span.setAttributes({'error.type': errorTypeOf(error)});
}

/** `error.type` of OpenTelemetry's conventions: one of few words. */
export function errorTypeOf(error: unknown): string {
  return error instanceof Error ? error.name : '_OTHER';
}

function contextOf(api: Api, parent: TraceContext | undefined): Context {
  if (parent === undefined) return api.context.active();
  return api.trace.setSpanContext(api.context.active(), spanContextOf(api, parent));
}

function spanContextOf(api: Api, {tracestate, ...context}: TraceContext) {
  const traceState = tracestate === undefined ? {} : {traceState: api.createTraceState(tracestate)};
  return {...context, ...traceState, isRemote: true};
}

/** The trace that work belongs to which records no spans itself. */
const passing = new AsyncLocalStorage<TraceContext>();

/** Runs something as part of a trace that others record. */
export function passingOn<Result>(trace: TraceContext | undefined, run: () => Result): Result {
  return trace === undefined || tracing !== undefined ? run() : passing.run(trace, run);
}

/** Where the present work stands, whoever records it; undefined outside of any trace. */
export function presentTrace(): TraceContext | undefined {
  if (tracing === undefined) return passing.getStore();
  return traceOf(tracing.api, tracing.api.context.active());
}

/** The hop that a request came by, as the propagators of `OTEL_PROPAGATORS` read it. (Default: W3C's) */
export function hopOf(headers: IncomingHttpHeaders): TraceContext | undefined {
  if (tracing !== undefined)
    return traceOf(tracing.api, tracing.api.propagation.extract(tracing.api.ROOT_CONTEXT, headers));
  const {traceparent, tracestate} = headers;
  return traceContextOf(String(traceparent), tracestate === undefined ? undefined : String(tracestate));
}

function traceOf(api: Api, context: Context): TraceContext | undefined {
  const span = api.trace.getSpanContext(context);
  if (span === undefined || !api.isSpanContextValid(span)) return undefined;
  const {traceId, spanId, traceFlags, traceState} = span;
  return {traceId, spanId, traceFlags: traceFlags & 1, tracestate: traceState?.serialize() || undefined};
}

/** The headers that hand the present trace on; none when there is none. */
export function traceHeaders(): Record<string, string> {
  if (tracing === undefined) {
    const trace = passing.getStore();
    return trace === undefined ? {} : headersOf(trace);
  }
  const headers: Record<string, string> = {};
  tracing.api.propagation.inject(tracing.api.context.active(), headers);
  return headers;
}

/** The fields that lead from a line of the log to its trace, under the names of OpenTelemetry's log data model. */
export function traceFields(): LogFields {
  const trace = presentTrace();
  return trace === undefined ? {} : {trace_id: trace.traceId, span_id: trace.spanId};
}
