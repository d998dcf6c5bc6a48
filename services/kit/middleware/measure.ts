import type {Middleware} from 'koa';
import {outcomeOfError} from '../errors.ts';
import type {OpenService} from '../open-service.ts';
import {eventBegan, type HandlingOutcome} from '../telemetry/metrics.ts';
import type {EventState} from './decode-event.ts';

/** Measures how long an event takes, and counts what became of it. */
export function measure({service}: OpenService): Middleware<EventState & {counted?: HandlingOutcome}> {
  return async (ctx, next) => {
    const end = eventBegan(service.name, ctx.state.cause);
    try {
      await next();
      end(ctx.state.counted ?? 'handled');
    } catch (error) {
      end(outcomeOfError(error));
      throw error;
    }
  };
}
