import {readFile} from 'node:fs/promises';
import test from 'ava';
import {frontDoorOf, routeOf} from '#gateway';

test('the table of roles in the docs is the one that counts', async (t) => {
  const docs = await readFile(new URL('../../docs/people.md', import.meta.url), 'utf8');
  let rows = 0;
  for (const [, requests = '', role] of docs.matchAll(/^\| (`[A-Z]+ \/api\/.*) \| (\w+) \|$/gm))
    for (const [, method, path = ''] of requests.matchAll(/`([A-Z]+) (\S+)`/g)) {
      const door = frontDoorOf(path.replace(/:id|…/, 'x'));
      t.is<string | undefined, string | undefined>(
        door && routeOf(method, door).role,
        role,
        `${method} ${path}`,
      );
      rows += 1;
    }
  t.is(rows, 3);
});

test('a route is called by what it is, whatever a person wrote', (t) => {
  const nameOf = (method: string, path: string) => {
    const door = frontDoorOf(path);
    return door && routeOf(method, door).name;
  };
  t.is(nameOf('GET', '/api/archive/documents/doc-1?x=y'), 'GET /api/archive/documents/:id');
  t.is(nameOf('HEAD', '/api/archive/documents'), 'GET /api/archive/documents');
  t.is(nameOf('GET', '/api/archive/some/words'), 'GET /api/archive/*');
  t.is(nameOf('WORDS', '/api/Some%20Words/x'), 'OTHER /api/…/*');
  t.is(nameOf('GET', '/apix'), undefined);
});
