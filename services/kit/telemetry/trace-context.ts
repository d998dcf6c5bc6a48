import {attribute, type CloudEvent} from '../cloudevent.ts';

/** Where a span stands: its trace, itself, and whether the trace is sampled (W3C Trace Context, Level 2). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Bit 0: sampled. */
  readonly traceFlags: number;
  readonly tracestate: string | undefined;
}

/** What a delivery says of the trace it belongs to. */
export interface Arrival {
  /** The span that comes before; undefined begins a trace. */
  readonly parent: TraceContext | undefined;
  /** What else led here. */
  readonly linked: readonly TraceContext[];
}

/**
 * The hop, by HTTP's `traceparent`, is the parent where it is of the trace that the event began in. Otherwise it is
 * some broker's own trace: the event's `traceparent` is the parent, so that a document stays one trace, and the hop
 * is linked. The event's origin is always among the two (CloudEvents, Distributed Tracing extension; OpenTelemetry
 * messaging spans, "creation context").
 */
export function arrivalOf(hop: TraceContext | undefined, event: CloudEvent): Arrival {
  const origin = traceContextOf(attribute(event, 'traceparent'), attribute(event, 'tracestate'));
  if (origin === undefined) return {parent: hop, linked: []};
  if (hop === undefined || hop.spanId === origin.spanId) return {parent: origin, linked: []};
  return hop.traceId === origin.traceId ? {parent: hop, linked: [origin]} : {parent: origin, linked: [hop]};
}

/** Undefined for what is no `traceparent`: as W3C says, it is then as if there were none. */
export function traceContextOf(
  traceparent: string | undefined,
  tracestate?: string,
): TraceContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = shape.exec(traceparent ?? '') ?? [];
  if (traceId === '' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return {traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, tracestate: handedOn(tracestate)};
}

/** 00 is exactly this long; a later version may say more behind a further hyphen; ff is none. */
const shape = /^(?!ff)(?!00.{54})[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/**
 * What of a `tracestate` goes on, as a header and as an attribute of events: tabs may stand around its commas, where
 * an attribute holds none. Left out when it is no text of one line, or longer than the 512 characters that everybody
 * hands on (W3C Trace Context, 3.3.1.1 and 3.3.1.5).
 */
function handedOn(tracestate: string | undefined): string | undefined {
  const plain = tracestate?.replace(/[ \t]*,[ \t]*/g, ',').trim() ?? '';
  return /^[ -~]{1,512}$/.test(plain) ? plain : undefined;
}

/** As headers, and as an event's attributes of the same names. */
export function headersOf({traceId, spanId, traceFlags, tracestate}: TraceContext): Record<string, string> {
  const traceparent = `00-${traceId}-${spanId}-${traceFlags === 1 ? '01' : '00'}`;
  return tracestate === undefined ? {traceparent} : {traceparent, tracestate};
}
