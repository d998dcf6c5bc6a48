/** Every front door of every service asks who is there. */
import test from 'ava';
import {includes, type Person, roles} from '#kit';
import {allServices} from '../../services/cli/manifests/all-services.ts';
import {routeTable} from '../../services/cli/manifests/route-table.ts';
import {send, serving, signedBy} from '../kit/serving.ts';

for (const service of await allServices()) {
  const doors = routeTable([service]).map(({path, ...door}) => ({
    ...door,
    path: path.replaceAll(/:\w+/g, 'x'),
  }));
  if (doors.length === 0) continue;

  test(`${service.name} opens its front doors to nobody whom the way in has not signed for`, async (t) => {
    const {url, config} = await serving(t, service);
    const person: Person = {name: 'ola', role: 'operate'};

    for (const {method, path} of doors) {
      const elsewhere = {person, service: 'elsewhere', method, path};
      const strangers: Record<string, string>[] = [
        {},
        {'dip-person': 'ola', 'dip-role': 'operate', authorization: 'Bearer ola'},
        {'dip-identity': 'ola'},
        await signedBy(config.identityDirectory, elsewhere),
      ];
      for (const headers of strangers) {
        const {status, body} = await send(`${url}${path}`, {method, headers});
        t.is(status, 401, `${method} ${path} with ${JSON.stringify(headers)}`);
        t.regex(JSON.parse(body.toString()).error, /^[A-Z].*\.$/);
      }
    }
  });

  test(`${service.name} opens its front doors to no role below theirs`, async (t) => {
    const {ask} = await serving(t, service);

    for (const {method, path, role: needed} of doors)
      for (const role of roles) {
        const {status} = await ask(path, {method}, {name: 'ann', role});
        const words = `${method} ${path} as ${role}: ${status}`;
        if (includes(role, needed)) t.false([401, 403].includes(status), words);
        else t.is(status, 403, words);
      }
  });
}
