import type {Middleware} from 'koa';
import type {Take} from '../definition.ts';

/** Gives every request to an entrance, which answers it by itself. */
export function takeAll(take: Take): Middleware {
  return async (ctx) => {
    ctx.respond = false;
    // Koa takes a request for lost until somebody answers it.
    ctx.res.statusCode = 200;
    try {
      await take(ctx.req, ctx.res);
    } catch (error) {
      if (ctx.headerSent) {
        ctx.res.destroy();
        return;
      }
      ctx.respond = true;
      throw error;
    }
  };
}
