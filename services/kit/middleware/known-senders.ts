import type {Middleware} from 'koa';
import type {OpenService} from '../open-service.ts';

/**
 * Lets events in that come with the token of somebody known, where a service asks for one. It looks before the body
 * is read, so that strangers cost nothing but their headers.
 */
export function knownSenders({admit}: Pick<OpenService, 'admit'>): Middleware {
  return async (ctx, next) => {
    try {
      await admit?.(ctx.get('Authorization'));
    } catch (error) {
      // What is still on its way is let by, so that the sender reads the answer and not a broken connection.
      ctx.req.resume();
      throw error;
    }
    await next();
  };
}
