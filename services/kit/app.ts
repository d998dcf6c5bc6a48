import Koa from 'koa';
import {messageOf} from './errors.ts';
import {decodeEvent} from './middleware/decode-event.ts';
import {errors} from './middleware/errors.ts';
import {frontDoors} from './middleware/front-doors.ts';
import {gate} from './middleware/gate.ts';
import {health} from './middleware/health.ts';
import {knownSenders} from './middleware/known-senders.ts';
import {logEvent} from './middleware/log-event.ts';
import {measure} from './middleware/measure.ts';
import {noPages} from './middleware/no-pages.ts';
import {reply} from './middleware/reply.ts';
import {takeAll} from './middleware/take-all.ts';
import {trace} from './middleware/trace.ts';
import type {OpenService} from './open-service.ts';

/** Whether a service takes work, as its probes say. */
export interface Readiness {
  isReady: boolean;
}

/** What is said while a service opens what it needs: that it lives, and takes no work. */
export function appBefore(readiness: Readiness): Koa {
  const koa = new Koa();
  koa.use(health(readiness));
  koa.use((ctx) => {
    ctx.status = 503;
    ctx.set('Retry-After', '1');
    ctx.set('Content-Type', 'application/json; charset=utf-8');
    ctx.body = JSON.stringify({error: 'This service is starting.'});
  });
  return koa;
}

/** A service as a Koa app. What happens to a request is this list, from top to bottom. */
export function app(open: OpenService, readiness: Readiness): Koa {
  const koa = new Koa();
  // What the middleware below can't answer any more: mostly a client that went away.
  koa.on('error', (error: unknown) => open.reach.log('warn', messageOf(error)));
  koa.use(health(readiness));
  koa.use(errors(open));
  const {opens} = open.service;
  if (opens !== undefined) return koa.use(takeAll(opens(open.reach)));
  koa.use(noPages());
  koa.use(frontDoors(open));
  koa.use(gate());
  koa.use(knownSenders(open));
  koa.use(decodeEvent());
  koa.use(trace(open));
  koa.use(measure(open));
  koa.use(logEvent(open));
  koa.use(reply(open));
  return koa;
}
