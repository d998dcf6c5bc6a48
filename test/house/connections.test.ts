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

  t.true(replicas.size >= 6);
  for (const [name, count] of replicas) t.true(count > 0, `${name} has no highest scale`);
  t.true(poolSize * sumOf(replicas) < givenOut, `${poolSize * sumOf(replicas)} connections`);
});

test('what the docs say of connections is so', async (t) => {
  const replicas = sumOf(await highestScale());
  const docs = readFileSync(path.join(project, 'docs/state.md'), 'utf8');

  t.true(docs.includes(`${replicas} replicas × ${poolSize} connections = ${replicas * poolSize}`));
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
