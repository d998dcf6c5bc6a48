import type {Middleware} from 'koa';
import {attribute, identity} from '../cloudevent.ts';
import {messageOf, outcomeOfError} from '../errors.ts';
import type {OpenService} from '../open-service.ts';
import type {EventState} from './decode-event.ts';

/** One line for each event: what came, what became of it, how long it took. */
export function logEvent({reach}: OpenService): Middleware<EventState & {outcome?: string}> {
  return async (ctx, next) => {
    const {cause} = ctx.state;
    const {type, id} = identity(cause);
    const fields = {type, id, subject: attribute(cause, 'subject')};
    const start = performance.now();
    const ms = () => Math.round((performance.now() - start) * 10) / 10;
    try {
      await next();
      reach.log('info', 'event', {...fields, outcome: ctx.state.outcome, ms: ms()});
    } catch (error) {
      const outcome = outcomeOfError(error);
      reach.log('warn', 'event', {...fields, outcome, ms: ms(), error: messageOf(error).slice(0, 300)});
      throw error;
    }
  };
}
