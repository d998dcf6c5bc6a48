import type {Context, Middleware} from 'koa';
import type {Contract} from '../contract.ts';
import type {Door, DoorContext} from '../door.ts';
import {identityHeader, type Person} from '../identity/person.ts';
import {includes} from '../identity/role.ts';
import {Unsigned} from '../identity/verifier.ts';
import {machineOutageOf} from '../machine-outage.ts';
import type {OpenService} from '../open-service.ts';
import type {Nothing} from '../reach.ts';
import {saidId, sayer} from '../say.ts';
import {inRequestSpan} from '../telemetry/request-span.ts';
import {traceFields} from '../telemetry/span.ts';
import {statusOf} from './errors.ts';

type AnyDoor = Door<Nothing, Contract, unknown>;

/**
 * The routes for people, open to whom the way in has let in and signed for. A path that is known under another method
 * answers 405 and says which.
 */
export function frontDoors(open: OpenService): Middleware {
  const doors = Object.entries(open.service.routes ?? {}).map(([route, door]) => {
    const [method = 'GET', pathname = '/'] = route.split(' ');
    return {pathname, method, pattern: new URLPattern({pathname}), door};
  });
  return async (ctx, next) => {
    const matching = doors.flatMap(({pattern, ...found}) => {
      const groups = pattern.exec({pathname: ctx.path})?.pathname.groups;
      return groups === undefined ? [] : [{...found, params: groups}];
    });
    if (matching.length === 0) return next();
    const found = matching.find(
      ({method}) => method === ctx.method || (method === 'GET' && ctx.method === 'HEAD'),
    );
    if (found === undefined) {
      const methods = matching.map(({method}) => method).join(', ');
      ctx.set('Allow', methods);
      return ctx.throw(405, `${ctx.path} takes ${methods}, got ${ctx.method}.`);
    }
    const route = `${ctx.method} ${found.pathname}`;
    const statusOfThrown = (error: unknown) => statusOf(machineOutageOf(error), {isEvent: false});
    await inRequestSpan(
      {request: ctx.req, response: ctx.res},
      {route, statusOf: statusOfThrown},
      async () => {
        Object.assign(ctx.state, {trace: traceFields()});
        const person = await admitted(ctx, found.door, open);
        const params = decoded(ctx, found.params);
        const answer = await found.door.handle(Object.assign(ctx, {params}), doorContext(open, person));
        if (answer !== undefined) ctx.body = answer;
      },
    );
  };
}

/** Who asks. @throws 401 who was not signed for, 403 whose role is not enough, 413 whose body is too long. */
async function admitted(ctx: Context, door: AnyDoor, {service, verify}: OpenService): Promise<Person> {
  const asked = {service: service.name, method: ctx.method, path: ctx.req.url ?? ''};
  const person = await verify(ctx.get(identityHeader), asked).catch((error: unknown) => {
    if (error instanceof Unsigned) return ctx.throw(401, error.message);
    throw error;
  });
  if (!includes(person.role, door.role))
    ctx.throw(403, `This needs the role ${door.role}, and ${person.name} has ${person.role}.`);
  if (Number(ctx.get('Content-Length') || 0) > door.bodyLimit.bytes) {
    // What is still on its way is let by, so that the sender reads the answer and not a broken connection.
    ctx.req.resume();
    ctx.throw(413, `Expected ${door.bodyLimit.words}.`);
  }
  return person;
}

/** The parts of the path that the route names. @throws 400 where they are not percent-encoded UTF-8. */
function decoded(ctx: Context, params: Record<string, string | undefined>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
    );
  } catch {
    return ctx.throw(400, `Expected ${ctx.path} to be percent-encoded UTF-8.`);
  }
}

function doorContext(open: OpenService, person: Person): DoorContext<Nothing, Contract, unknown> {
  const {reach} = open;
  return {
    config: reach.config,
    log: reach.log,
    get blobs() {
      return reach.blobs;
    },
    get database() {
      return reach.database;
    },
    started: reach.started,
    person,
    say: sayer(open),
    saidId,
  };
}
