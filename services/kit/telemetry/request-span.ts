import type {IncomingMessage, ServerResponse} from 'node:http';
import {hopOf, inSpan, passingOn} from './span.ts';

/**
 * A span around the answer to a request of a person or program, in the caller's trace where it has one; events are
 * not meant. `route` is the method and a pattern, one of few: `GET /documents/:id` (OpenTelemetry HTTP spans, server).
 * `statusOf` is what an error will be answered with, after the span has ended.
 */
export function inRequestSpan(
  {request, response}: {request: IncomingMessage; response: ServerResponse},
  {route, statusOf}: {route: string; statusOf: (error: unknown) => number},
  run: () => Promise<void>,
): Promise<void> {
  const parent = hopOf(request.headers);
  const describe = () => ({
    kind: 'server' as const,
    attributes: requestAttributes(request, route),
    parent,
    // What a caller did wrong is no fault of ours.
    isFault: (error: unknown) => statusOf(error) >= 500,
  });
  return passingOn(parent, () =>
    inSpan(route, describe, async (add) => {
      try {
        await run();
        add({'http.response.status_code': response.statusCode});
      } catch (error) {
        add({'http.response.status_code': statusOf(error)});
        throw error;
      }
    }),
  );
}

function requestAttributes({url = '/', httpVersion}: IncomingMessage, route: string) {
  const [method = '', pattern = ''] = route.split(' ');
  return {
    'http.request.method': /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : '_OTHER',
    'http.route': pattern,
    // Without the query, as it may hold anything.
    'url.path': url.split('?')[0] ?? '/',
    'url.scheme': 'http',
    'network.protocol.version': httpVersion,
  };
}
