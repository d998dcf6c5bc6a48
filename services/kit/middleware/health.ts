import type {Middleware} from 'koa';
import type {Readiness} from '../app.ts';

/** `/healthz` the process lives · `/readyz` it takes work. Knative's probes and the local broker ask them. */
export function health(readiness: Readiness): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/healthz') ctx.body = 'ok\n';
    else if (ctx.path === '/readyz') {
      ctx.status = readiness.isReady ? 200 : 503;
      ctx.body = readiness.isReady ? 'ready\n' : 'not ready\n';
    } else await next();
  };
}
