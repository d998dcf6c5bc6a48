import type {Middleware} from 'koa';
import {contentMode} from '../codec/http.ts';
import {Reject} from '../errors.ts';

/** Where a Trigger's subscriber may point: `/events`, or the service's root when the Trigger names no path. */
const eventPaths = new Set(['/events', '/']);

/**
 * Lets events through to the rest, and nothing else.
 *
 * People hear 404 of a path that is not there. An event never does: Knative would send it again and again.
 */
export function gate(): Middleware {
  return async (ctx, next) => {
    if (!eventPaths.has(ctx.path)) {
      const path = ctx.path.slice(0, 120);
      if (ctx.method === 'POST' && contentMode(ctx.req.headers) !== undefined)
        throw new Reject(`Events are taken at /events, not at ${path}.`);
      ctx.throw(404, `There is no ${path} here.`);
    }
    if (ctx.method !== 'POST') {
      ctx.set('Allow', 'POST');
      ctx.throw(405, `Events come by POST, got ${ctx.method}.`);
    }
    await next();
  };
}
