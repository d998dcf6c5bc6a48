import {bytes, double, integer, type Message, messageOf, messages, text} from './protobuf.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface Span {
  resource: Attributes;
  traceId: string;
  spanId: string;
  /** Empty: it begins its trace. */
  parentSpanId: string;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  attributes: Attributes;
  links: {traceId: string; spanId: string}[];
  /** Nanoseconds since 1970. */
  start: bigint;
  end: bigint;
  status: 'unset' | 'ok' | 'error';
}

export interface Point {
  resource: Attributes;
  metric: string;
  unit: string;
  kind: 'gauge' | 'sum' | 'histogram';
  attributes: Attributes;
  /** Of a histogram: how many values. */
  value: number;
  /** Of a histogram: of all values. */
  sum: number;
  bounds: number[];
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const statuses = ['unset', 'ok', 'error'] as const;

/** The spans of an ExportTraceServiceRequest (opentelemetry-proto 1.x, collector/trace/v1 and trace/v1). */
export function spansOf(body: Buffer): Span[] {
  return messages(messageOf(body), 1).flatMap((resourceSpans) =>
    messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => spanOf(span, resourceOf(resourceSpans))),
  );
}

function spanOf(span: Message, resource: Attributes): Span {
  return {
    resource,
    traceId: bytes(span, 1).toString('hex'),
    spanId: bytes(span, 2).toString('hex'),
    parentSpanId: bytes(span, 4).toString('hex'),
    name: text(span, 5),
    kind: kinds[integer(span, 6)] ?? 'internal',
    attributes: attributesOf(span, 9),
    links: messages(span, 13).map((link) => ({
      traceId: bytes(link, 1).toString('hex'),
      spanId: bytes(link, 2).toString('hex'),
    })),
    start: bytes(span, 7).readBigUInt64LE(),
    end: bytes(span, 8).readBigUInt64LE(),
    status: statuses[messages(span, 15).map((status) => integer(status, 3))[0] ?? 0] ?? 'unset',
  };
}

/** The points of an ExportMetricsServiceRequest (collector/metrics/v1 and metrics/v1). */
export function pointsOf(body: Buffer): Point[] {
  return messages(messageOf(body), 1).flatMap((resourceMetrics) =>
    messages(resourceMetrics, 2)
      .flatMap((scopeMetrics) => messages(scopeMetrics, 2))
      .flatMap((metric) => metricOf(metric, resourceOf(resourceMetrics))),
  );
}

function metricOf(metric: Message, resource: Attributes): Point[] {
  const about = {resource, metric: text(metric, 1), unit: text(metric, 3)};
  const points = (field: number) => messages(metric, field).flatMap((data) => messages(data, 1));
  const number = (point: Message) => ({
    ...about,
    attributes: attributesOf(point, 7),
    value: point.has(6) ? integer(point, 6) : double(point, 4),
    sum: 0,
    bounds: [],
  });
  return [
    ...points(5).map((point): Point => ({...number(point), kind: 'gauge'})),
    ...points(7).map((point): Point => ({...number(point), kind: 'sum'})),
    ...points(9).map(
      (point): Point => ({
        ...about,
        kind: 'histogram',
        attributes: attributesOf(point, 9),
        value: integer(point, 4),
        sum: double(point, 5),
        bounds: doublesOf(bytes(point, 7)),
      }),
    ),
  ];
}

/** Whether something has all of these attributes. */
export function has(attributes: Attributes, wanted: Attributes): boolean {
  return Object.entries(wanted).every(([name, value]) => attributes[name] === value);
}

function doublesOf(packed: Buffer): number[] {
  return Array.from({length: packed.length / 8}, (_, index) => packed.readDoubleLE(index * 8));
}

function resourceOf(message: Message): Attributes {
  return Object.assign({}, ...messages(message, 1).map((resource) => attributesOf(resource, 1)));
}

function attributesOf(message: Message, field: number): Attributes {
  const pairs = messages(message, field).map((pair) => [text(pair, 1), anyValue(messages(pair, 2)[0])]);
  return Object.fromEntries(pairs);
}

function anyValue(value: Message = new Map()): string | number | boolean {
  if (value.has(2)) return integer(value, 2) === 1;
  if (value.has(3)) return integer(value, 3);
  if (value.has(4)) return double(value, 4);
  return text(value, 1);
}
