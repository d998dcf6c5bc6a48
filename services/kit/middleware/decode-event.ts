import type {Middleware} from 'koa';
import type {CloudEvent} from '../cloudevent.ts';
import {decode} from '../codec/http.ts';
import {Defer} from '../errors.ts';
import {readBody} from '../read-body.ts';

/** What the middleware behind this one finds in `ctx.state`. */
export interface EventState {
  /** The event that was delivered. */
  cause: CloudEvent;
}

/** The largest event taken: Kafka's own default limit for a record. */
export const largestEventBytes = 1_048_576;

/** Reads the one event of the request. An event that is none answers 400, one that is too large 413. */
export function decodeEvent(): Middleware<EventState> {
  return async (ctx, next) => {
    const body = await readBody(ctx.req, largestEventBytes);
    if (body === 'broken-off') throw new Defer('The sender broke off before the end of the event.');
    if (body === 'too-large')
      return ctx.throw(413, `Expected an event of at most ${largestEventBytes} bytes.`);
    ctx.state.cause = decode(ctx.req.headers, body);
    await next();
  };
}
