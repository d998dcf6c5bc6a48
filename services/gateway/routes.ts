import {type BodyLimit, type Role, roleOf, usualBodyLimit} from '#kit';
import table from './routes.json' with {type: 'json'};
import type {FrontDoor} from './services.ts';

/** A front door as the table has it: what a service declares of it beside its code. */
export interface RouteEntry {
  readonly service: string;
  readonly method: string;
  /** The service's own path: `:id` is one plain segment. */
  readonly path: string;
  readonly role: Role;
  readonly bodyLimit: BodyLimit;
}

/** A way through the front doors: also what logs and spans call it. */
export interface Route {
  readonly name: string;
  readonly role: Role;
  readonly bodyLimit: BodyLimit;
}

/** Every front door of every service, as `npm run generate` writes them down: nobody is woken to be asked for them. */
const routes = entriesOf(table).map(({service, method, path, role, bodyLimit}) => ({
  method,
  pattern: new RegExp(`^/api/${service}${path.replaceAll(/:\w+/g, '[\\w.~-]+')}$`),
  route: {name: `${method} /api/${service}${path}`, role, bodyLimit},
}));

/** The names of the services that have front doors. */
export const servicesWithDoors: readonly string[] = [...new Set(table.map(({service}) => service))];

/** A word of a JSON file is any text to the compiler. */
function entriesOf(written: readonly (Omit<RouteEntry, 'role'> & {role: string})[]): RouteEntry[] {
  return written.map(({role: word, ...entry}) => {
    const role = roleOf(word);
    if (role !== undefined) return {...entry, role};
    throw new TypeError(`Expected a role in routes.json, got ${JSON.stringify(word)}: run npm run generate.`);
  });
}

/**
 * The route that a request takes. What is not in the table, or written otherwise than there, needs `operate`. A route's
 * name holds nothing that a person wrote. HEAD is GET.
 */
export function routeOf(method: string | undefined, {service, path}: FrontDoor): Route {
  const asked = method === 'HEAD' ? 'GET' : method;
  const written = `/api/${service}${path.split('?')[0]}`;
  const found = routes.find((each) => each.method === asked && each.pattern.test(written));
  return found?.route ?? {name: nameOf(asked, service), role: 'operate', bodyLimit: usualBodyLimit};
}

function nameOf(asked: string | undefined, service: string): string {
  const known = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].find((each) => each === asked);
  return `${known ?? 'OTHER'} /api/${isName(service) ? service : '…'}/*`;
}

/** Whether a word can be the name of a service, which is a DNS label of a letter first. */
export function isName(service: string): boolean {
  return /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(service);
}
