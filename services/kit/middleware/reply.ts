import type {Middleware} from 'koa';
import {identity} from '../cloudevent.ts';
import {encodeBinary} from '../codec/http.ts';
import {answer} from '../handle.ts';
import {machineOutageOf} from '../machine-outage.ts';
import type {OpenService} from '../open-service.ts';
import type {HandlingOutcome} from '../telemetry/metrics.ts';
import type {EventState} from './decode-event.ts';

/**
 * Handles the event and answers with its reply, or 204 with none. The reply is the acknowledgement: the broker
 * takes the event as handled only when it has the reply too.
 */
export function reply(
  open: OpenService,
): Middleware<EventState & {outcome?: string; counted?: HandlingOutcome}> {
  return async (ctx) => {
    const {reply, isRepeat} = await answer(open, ctx.state.cause).catch((error: unknown) => {
      throw machineOutageOf(error);
    });
    const what = reply === undefined ? 'handled' : identity(reply).type;
    ctx.state.counted = isRepeat ? 'repeated' : reply === undefined ? 'handled' : 'replied';
    ctx.state.outcome = isRepeat ? `${what} (again)` : what;
    if (reply === undefined) {
      ctx.status = 204;
      return;
    }
    const {headers, body} = encodeBinary(reply);
    ctx.status = 200;
    ctx.set(headers);
    ctx.body = body;
  };
}
