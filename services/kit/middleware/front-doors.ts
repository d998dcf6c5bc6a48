import type {Context, Middleware} from 'koa';
import type {Contract} from '../contract.ts';
import type {DoorContext, Nothing, Routes} from '../definition.ts';
import type {OpenService} from '../open-service.ts';
import {toEvent} from '../reply.ts';
import {inRequestSpan} from '../telemetry/request-span.ts';
import {presentTrace, traceFields} from '../telemetry/span.ts';
import {headersOf} from '../telemetry/trace-context.ts';
import {statusOf} from './errors.ts';

type Door = Routes<Nothing, Contract>[string];

/** The routes for people. A path that is known under another method answers 405 and says which. */
export function frontDoors(open: OpenService): Middleware {
  const doors = Object.entries(open.service.routes ?? {}).map(([route, run]) => {
    const [method = 'GET', pathname = '/'] = route.split(' ');
    return {pathname, method, pattern: new URLPattern({pathname}), run};
  });
  const context = doorContext(open);
  return async (ctx, next) => {
    const matching = doors.flatMap(({pattern, ...door}) => {
      const groups = pattern.exec({pathname: ctx.path})?.pathname.groups;
      return groups === undefined ? [] : [{...door, params: groups}];
    });
    if (matching.length === 0) return next();
    const door = matching.find(
      ({method}) => method === ctx.method || (method === 'GET' && ctx.method === 'HEAD'),
    );
    if (door === undefined) {
      const methods = matching.map(({method}) => method).join(', ');
      ctx.set('Allow', methods);
      return ctx.throw(405, `${ctx.path} takes ${methods}, got ${ctx.method}.`);
    }
    const route = `${ctx.method} ${door.pathname}`;
    const statusOfThrown = (error: unknown) => statusOf(error, {isEvent: false});
    await inRequestSpan({request: ctx.req, response: ctx.res}, {route, statusOf: statusOfThrown}, () => {
      Object.assign(ctx.state, {trace: traceFields()});
      return run(ctx, door.run, door.params, context);
    });
  };
}

async function run(
  ctx: Context,
  door: Door,
  params: Record<string, string | undefined>,
  context: DoorContext<Nothing, Contract>,
): Promise<void> {
  const decoded: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    try {
      decoded[name] = decodeURIComponent(value ?? '');
    } catch {
      ctx.throw(400, `Expected ${ctx.path} to be percent-encoded UTF-8.`);
    }
  }
  await door?.(Object.assign(ctx, {params: decoded}), context);
}

function doorContext({service, reach, publish}: OpenService): DoorContext<Nothing, Contract> {
  return {
    config: reach.config,
    log: reach.log,
    get blobs() {
      return reach.blobs;
    },
    get database() {
      return reach.database;
    },
    publish,
    event(draft, origin) {
      const trace = presentTrace();
      const began = trace === undefined ? {} : headersOf(trace);
      return toEvent(draft, {service: service.name, ...began, ...origin});
    },
  };
}
