import type {Context, Middleware} from 'koa';
import {Defer, messageOf, Reject} from '../errors.ts';
import type {OpenService} from '../open-service.ts';

/** A longer error body kills Knative's in-memory channel dispatcher (knative/eventing, event_dispatcher.go). */
const longestBody = 600;

/**
 * What went wrong, as a status that tells the broker what to do: 400 never again, 503 later, 500 again, as it is a
 * bug. Statuses that Knative retries are never used for what a repeat can't change.
 */
export function errors({reach}: OpenService): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const {status, sentence} = statusOf(error);
      if (status >= 500)
        reach.log(status === 500 ? 'error' : 'warn', sentence, {
          path: ctx.path,
          status,
          stack: stackOf(error, status),
        });
      answerError(ctx, status, sentence);
      if (error instanceof Defer && error.retryAfterSeconds !== undefined)
        ctx.set('Retry-After', String(error.retryAfterSeconds));
    }
  };
}

function statusOf(error: unknown): {status: number; sentence: string} {
  const sentence = messageOf(error);
  if (error instanceof Reject) return {status: 400, sentence};
  if (error instanceof Defer) return {status: 503, sentence};
  // Koa's own errors, from `ctx.throw`, bring their status along, and say whether people may read them.
  if (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    'expose' in error &&
    error.expose === true
  ) {
    return {status: error.status, sentence};
  }
  return {status: 500, sentence};
}

/** The answer to a request that went wrong: one sentence, as JSON. */
export function answerError(ctx: Context, status: number, sentence: string): void {
  ctx.status = status;
  ctx.body = {error: sentence.length > longestBody ? `${sentence.slice(0, longestBody - 1)}…` : sentence};
}

function stackOf(error: unknown, status: number): string | undefined {
  return status === 500 && error instanceof Error ? error.stack?.slice(0, 2000) : undefined;
}
