import Koa, {type Context, type Middleware} from 'koa';
import {Defer, messageOf, Reject} from '../errors.ts';
import type {LogFields} from '../log.ts';
import {machineOutageOf} from '../machine-outage.ts';
import type {OpenService} from '../open-service.ts';

/**
 * Bytes of the longest error body: one of 700 or more kills Knative's in-memory channel dispatcher
 * (knative/eventing, event_dispatcher.go).
 */
const longestBodyBytes = 600;

/**
 * What went wrong, as a status that tells the broker what to do: 400 never again, 503 later, 500 again, as it is a
 * bug. Statuses that Knative retries are never used for what a repeat can't change.
 */
export function errors({reach}: OpenService): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      const error = machineOutageOf(thrown);
      const status = statusOf(error, {isEvent: 'cause' in ctx.state});
      const sentence = messageOf(error);
      if (status >= 500)
        reach.log(status === 500 ? 'error' : 'warn', sentence, {
          path: ctx.path,
          status,
          stack: stackOf(error, status),
          ...traceOf(ctx.state),
        });
      if (error instanceof Defer && error.retryAfter !== undefined)
        ctx.set('Retry-After', String(error.retryAfter));
      answerError(ctx, status, sentence);
    }
  };
}

/** The trace of what went wrong, whose span has ended by now. */
function traceOf({trace}: {trace?: LogFields}): LogFields {
  return trace ?? {};
}

/** The status that an error is answered with. */
export function statusOf(error: unknown, {isEvent}: {isEvent: boolean}): number {
  if (error instanceof Reject) return 400;
  if (error instanceof Defer) return 503;
  // What `ctx.throw` has thrown brings its status along. A handler has no `ctx`: where its error has a status, it is
  // say that of a server it asked, and means nothing to the broker.
  if (!isEvent && error instanceof Koa.HttpError && error.expose) return error.status;
  return 500;
}

/** The answer to a request that went wrong: one sentence, as JSON. */
function answerError(ctx: Context, status: number, sentence: string): void {
  ctx.status = status;
  ctx.type = 'json';
  ctx.body = errorBody(sentence);
}

/** Shortened by what it takes on the wire, where a character may be six bytes and is never cut in half. */
function errorBody(sentence: string): string {
  const whole = JSON.stringify({error: sentence});
  if (Buffer.byteLength(whole) <= longestBodyBytes) return whole;
  let kept = '';
  let left = longestBodyBytes - Buffer.byteLength(JSON.stringify({error: '…'}));
  for (const character of sentence) {
    left -= Buffer.byteLength(JSON.stringify(character)) - 2;
    if (left < 0) break;
    kept += character;
  }
  return JSON.stringify({error: `${kept}…`});
}

function stackOf(error: unknown, status: number): string | undefined {
  return status === 500 && error instanceof Error ? error.stack?.slice(0, 2000) : undefined;
}
