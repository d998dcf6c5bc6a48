import type {Middleware} from 'koa';
import type {OpenService} from '../open-service.ts';
import {eventAttributes, operationAttributes} from '../telemetry/attributes.ts';
import {hopOf, inSpan, passingOn, traceFields} from '../telemetry/span.ts';
import {arrivalOf} from '../telemetry/trace-context.ts';
import type {EventState} from './decode-event.ts';

/** A span around an event's delivery, in the trace that the event began in. */
export function trace({service: {name}}: OpenService): Middleware<EventState> {
  return (ctx, next) => {
    const {cause} = ctx.state;
    const {parent, linked} = arrivalOf(hopOf(ctx.req.headers), cause);
    const describe = () => ({
      kind: 'consumer' as const,
      attributes: {...operationAttributes('receive', name), ...eventAttributes(cause)},
      parent,
      linked,
    });
    return passingOn(parent, () =>
      inSpan(`receive ${name}`, describe, async (add) => {
        // What goes wrong is said outside of the span.
        Object.assign(ctx.state, {trace: traceFields()});
        await next();
        add({'http.response.status_code': ctx.status});
      }),
    );
  };
}
