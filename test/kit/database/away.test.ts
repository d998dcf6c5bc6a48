/** What becomes of a service while its PostgreSQL is away, and when it is back. */
import test from 'ava';
import archive from '../../../services/archive/service.ts';
import {withPostgres} from '../../state/databases.ts';
import {ownPostgres} from '../../state/own-postgres.ts';
import {s3Keys} from '../../state/s3.ts';
import {answering} from '../once-services.ts';
import {freePort} from '../ports.ts';
import {deliver, letter, sameBytes, serving} from '../serving.ts';

if (withPostgres()) {
  test('a database that goes away is a 503 that names it, and one that comes back is used again', async (t) => {
    const server = await ownPostgres(t);
    const databaseUrl = await server.newDatabase();
    const {url, lines} = await serving(t, answering({word: 'yes'}), {databaseUrl});
    const first = await deliver(url, letter('1'));

    await server.stop();
    const during = await deliver(url, letter('1'));
    await server.start();
    const after = await deliver(url, letter('1'));

    t.is(during.status, 503);
    t.regex(String(during.body), /The database at 127\.0\.0\.1:\d+ is away: /);
    t.false((String(during.body) + lines.join('')).includes('pass'));
    t.is(sameBytes(after), sameBytes(first));
  });

  test('people at a front door hear 503 while the database is away', async (t) => {
    const server = await ownPostgres(t);
    const {ask} = await serving(t, archive, {databaseUrl: await server.newDatabase()});

    await server.crash();
    const during = await ask('/documents');
    await server.start();
    const after = await ask('/documents');

    t.deepEqual([during.status, after.status], [503, 200]);
    t.regex(String(during.body), /The database at 127\.0\.0\.1:\d+ is away: /);
  });

  test('a service whose database is away lives and is not ready, and takes work as soon as it is back', async (t) => {
    const server = await ownPostgres(t);
    const databaseUrl = await server.newDatabase();
    await server.stop();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const config = {
      port,
      databaseUrl,
      isOnKubernetes: true,
      blobsUrl: 's3://nobody?endpoint=http://127.0.0.1:1',
      aws: s3Keys,
    };
    const starting = serving(t, answering({word: 'yes'}), config);
    await until(async () => (await probe(`${url}/healthz`)) === 200);

    const before = [await probe(`${url}/readyz`), (await deliver(url, letter('1'))).status];
    await server.start();
    await starting;
    const after = [await probe(`${url}/readyz`), (await deliver(url, letter('1'))).status];

    t.deepEqual({before, after}, {before: [503, 503], after: [200, 200]});
  });
}

/** The status of an answer; undefined where nobody listens. */
async function probe(url: string): Promise<number | undefined> {
  return fetch(url).then(
    ({status}) => status,
    () => undefined,
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
