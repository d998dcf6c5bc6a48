import {createServer} from 'node:http';
import {buffer} from 'node:stream/consumers';
import {type Point, pointsOf, type Span, spansOf} from './otlp.ts';

/** A place that telemetry is sent to. */
export interface Receiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string;
  /** What arrived, decoded, in order. */
  spans: Span[];
  points: Point[];
  /** The content types that it came in. */
  types: Set<string>;
}

/** A test, or what stands for one in a hook. */
export interface Ending {
  teardown(end: () => void): void;
}

/** Takes OTLP over HTTP as a collector does, and reads all of it. */
export async function receiver(t: Ending): Promise<Receiver> {
  const spans: Span[] = [];
  const points: Point[] = [];
  const types = new Set<string>();
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const type = request.headers['content-type'] ?? '';
      types.add(type);
      if (type === 'application/x-protobuf') {
        if (request.url === '/v1/traces') spans.push(...spansOf(body));
        if (request.url === '/v1/metrics') points.push(...pointsOf(body));
      } else if (request.url === '/v1/traces') spans.push(...spansOfJson(body.toString('utf8')));
      response.writeHead(200, {'content-type': type}).end();
    });
  });
  const url = await listening(t, server);
  return {url, spans, points, types};
}

/** An address that is listened at until the test ends. */
export async function listening(t: Ending, server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return `http://127.0.0.1:${address.port}`;
}

interface JsonTraces {
  resourceSpans: {
    scopeSpans: {spans: {traceId: string; spanId: string; parentSpanId?: string; name: string}[]}[];
  }[];
}

/** As JSON only who is who is looked at: the rest is the same as in protobuf. */
function spansOfJson(body: string): Span[] {
  const traces: JsonTraces = JSON.parse(body);
  const nothing = {resource: {}, attributes: {}, links: [], start: 0n, end: 0n};
  return traces.resourceSpans
    .flatMap(({scopeSpans}) => scopeSpans.flatMap(({spans}) => spans))
    .map((span) => ({...nothing, parentSpanId: '', kind: 'internal', status: 'unset', ...span}));
}
