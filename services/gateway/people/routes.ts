import type {FrontDoor} from '../services.ts';
import type {Role} from './roles.ts';

/** A way through the front doors, as the table names it: also what logs and spans call it. */
export interface Route {
  readonly name: string;
  readonly role: Role;
}

/**
 * Who may do what. A pattern is a path as it is written: `:id` is one plain segment, a `*` at the end is anything below.
 * HEAD is GET. What is not here, or written otherwise than here, needs `operate`.
 */
const table: readonly (readonly [method: string, pattern: string, role: Role])[] = [
  ['POST', '/api/ingestion/documents', 'submit'],
  ['GET', '/api/archive/documents/:id', 'submit'],
  ['GET', '/api/archive/documents', 'review'],
  ['POST', '/api/classification/*', 'review'],
  ['POST', '/api/response/*', 'review'],
];

const routes = table.map(([method, pattern, role]) => ({
  method,
  path: new RegExp(`^${pattern.replaceAll(':id', '[\\w.~-]+').replace('*', '.+')}$`),
  route: {name: `${method} ${pattern}`, role},
}));

/** The route that a request takes. Its name holds nothing that a person wrote. */
export function routeOf(method: string | undefined, {service, path}: FrontDoor): Route {
  const asked = method === 'HEAD' ? 'GET' : method;
  const written = `/api/${service}${path.split('?')[0]}`;
  const found = routes.find((each) => each.method === asked && each.path.test(written));
  const known =
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].find((each) => each === asked) ?? 'OTHER';
  return found?.route ?? {name: `${known} /api/${isName(service) ? service : '…'}/*`, role: 'operate'};
}

/** Whether a word can be the name of a service, which is a DNS label of a letter first. */
export function isName(service: string): boolean {
  return /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(service);
}
