/** Rules about what all services at their highest scale take of one database server. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {poolSize} from '../../services/kit/database/postgres.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';

const project = path.join(import.meta.dirname, '../..');
const manifests = readManifests([path.join(project, 'config/knative'), path.join(project, 'triggers')]);

/** `max_connections` of PostgreSQL, less `superuser_reserved_connections`, both as they are by default. */
const givenOut = 100 - 3;

test('all services at their highest scale leave connections of one PostgreSQL to others', async (t) => {
  const replicas = await highestScale();
  const connections = poolSize * sumOf(replicas);

  t.true(replicas.size >= 6);
  for (const [name, count] of replicas) t.true(count > 0, `${name} has no highest scale`);
  t.true(
    connections < givenOut,
    `${connections} connections of ${givenOut}: lower a max-scale, or have docs/state.md ask for a pooler or a higher max_connections`,
  );
});

test('what the docs say of connections is so, of each service that they name', async (t) => {
  const replicas = await highestScale();
  const docs = readFileSync(path.join(project, 'docs/state.md'), 'utf8').replaceAll('\n', ' ');
  const [, list = ''] = /With DIP's own services that is ([^:]+):/.exec(docs) ?? [];
  const named = new Map(list.split(', ').map((one) => [one.split(' ')[0] ?? '', Number(one.split(' ')[1])]));

  t.true(named.size >= 6);
  for (const [name, count] of named) t.is(replicas.get(name), count, name);
  const sum = sumOf(named);
  t.true(docs.includes(`${sum} replicas × ${poolSize} connections = ${sum * poolSize}`));
  const highest = Math.max(...named.values());
  t.true(poolSize * (sum + 2 * highest) < givenOut, 'two services more would not find their connections');
});

/** The services that are given a database, with the replicas that each may have. */
async function highestScale(): Promise<Map<string, number>> {
  const {services} = await manifests;
  return new Map(
    services
      .filter(({file}) => readFileSync(file, 'utf8').includes('name: DATABASE_URL'))
      .map(({name, maxScale}) => [name, maxScale]),
  );
}

function sumOf(replicas: ReadonlyMap<string, number>): number {
  return [...replicas.values()].reduce((sum, count) => sum + count, 0);
}
