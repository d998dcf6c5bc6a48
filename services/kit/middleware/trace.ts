import type {Middleware} from 'koa';
import {identity} from '../cloudevent.ts';
import type {OpenService} from '../open-service.ts';
import {eventAttributes, inSpan, SpanKind} from '../telemetry.ts';
import type {EventState} from './decode-event.ts';

/** A span around the handling of an event, in the trace of the request that delivered it. */
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
      {kind: SpanKind.CONSUMER, attributes, carrier: ctx.req.headers},
      () => next(),
    );
  };
}
