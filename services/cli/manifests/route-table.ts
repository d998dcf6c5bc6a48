import type {RouteEntry} from '#gateway';
import type {Service} from '#kit';

/** The front doors of some services, as the way in knows them. */
export function routeTable(services: readonly Service[]): RouteEntry[] {
  return services.flatMap(({name, routes = {}}) =>
    Object.entries(routes).map(([route, {role, bodyLimit}]) => {
      const [method = 'GET', path = '/'] = route.split(' ');
      return {service: name, method, path, role, bodyLimit};
    }),
  );
}
