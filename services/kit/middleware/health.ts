import type {Context, Middleware} from 'koa';
import type {Readiness} from '../app.ts';

/**
 * `/healthz` the process lives · `/readyz` it takes work: Knative's probes and the local broker ask them · `/wake`
 * nothing but that it is up now: an event that is sent there starts a service before another needs it.
 */
export function health(readiness: Readiness): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/wake') ctx.status = 204;
    else if (ctx.path === '/healthz') answer(ctx, 'ok\n');
    else if (ctx.path === '/readyz') {
      answer(ctx, readiness.isReady ? 'ready\n' : 'not ready\n');
      ctx.status = readiness.isReady ? 200 : 503;
    } else await next();
  };
}

/** Left to itself, Koa would load a table of all media types to find that of plain text, and a start waits for this. */
function answer(ctx: Context, text: string): void {
  ctx.set('Content-Type', 'text/plain; charset=utf-8');
  ctx.body = text;
}
