import type {IncomingHttpHeaders} from 'node:http';
import type {Middleware} from 'koa';
import {type CloudEvent, identity} from '../cloudevent.ts';
import type {OpenService} from '../open-service.ts';
import {eventAttributes, inSpan, SpanKind} from '../telemetry.ts';
import type {EventState} from './decode-event.ts';

/**
 * A span around the handling of an event, in the trace of the request that delivered it, or else in the one that the
 * event began in.
 */
export function trace({service}: OpenService): Middleware<EventState> {
  return (ctx, next) => {
    const event = identity(ctx.state.cause);
    const attributes = {
      ...eventAttributes(event),
      'messaging.operation.type': 'process',
      'messaging.destination.name': service.name,
    };
    return inSpan(
      `process ${event.type}`,
      {kind: SpanKind.CONSUMER, attributes, carrier: carrierOf(ctx.req.headers, ctx.state.cause)},
      () => next(),
    );
  };
}

function carrierOf(headers: IncomingHttpHeaders, cause: CloudEvent): Readonly<Record<string, unknown>> {
  return headers['traceparent'] === undefined ? cause.attributes : headers;
}
