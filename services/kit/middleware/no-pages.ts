import type {Middleware} from 'koa';

/**
 * Refuses what a web page asks for: a browser says in `Origin` which page it works for, and a broker or the gateway
 * never do. So no page can hand an event or a document to a service on its reader's machine.
 */
export function noPages(): Middleware {
  return async (ctx, next) => {
    if (ctx.get('Origin') !== '')
      ctx.throw(403, 'Requests come from a broker or the gateway, not from a web page.');
    await next();
  };
}
