/** What `sslmode` promises, held against a PostgreSQL with a certificate of its own for `localhost`. */
import {execFile} from 'node:child_process';
import {chmod, chown} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {sql} from 'kysely';
import {ConfigError, migrations} from '#kit';
import {readConfig} from '#kit/wire';
import {openDatabase} from '../../../services/kit/database/open-database.ts';
import {skip} from '../../skip.ts';
import {withPostgres} from '../../state/databases.ts';
import {Postgres} from '../../state/postgres.ts';
import {runAs} from '../../state/postgres-programs.ts';
import {folder} from '../serving.ts';

const run = promisify(execFile);

if (withPostgres()) {
  test('sslmode means what it means to libpq: encryption, then a known certificate, then the right name in it', async (t) => {
    const certificate = await makeCertificate(t);
    if (certificate === undefined) return;
    const server = await Postgres.start();
    t.teardown(() => server.remove());
    await server.query(`alter system set ssl_cert_file = '${certificate.file}'`);
    await server.query(`alter system set ssl_key_file = '${certificate.key}'`);
    await server.query('alter system set ssl = on');
    await server.stop();
    await server.start();
    const url = await server.newDatabase();
    const outcome = (host: string, query: string) => isEncrypted(`${url.replace('127.0.0.1', host)}${query}`);
    const known = `&sslrootcert=${certificate.file}`;

    t.is(await outcome('localhost', ''), false);
    t.is(await outcome('localhost', '?sslmode=disable'), false);
    t.is(await outcome('127.0.0.1', '?sslmode=require'), true);
    t.is(await outcome('127.0.0.1', `?sslmode=verify-ca${known}`), true);
    t.is(await outcome('localhost', `?sslmode=verify-full${known}`), true);
    for (const refused of [
      outcome('localhost', '?sslmode=verify-full'),
      outcome('127.0.0.1', `?sslmode=verify-full${known}`),
      outcome('localhost', `?sslmode=verify-ca&sslrootcert=${certificate.file}.none`),
    ])
      await t.throwsAsync(refused, {instanceOf: ConfigError, message: /does not let us in/});
  });
}

async function isEncrypted(databaseUrl: string): Promise<unknown> {
  const database = await openDatabase({...readConfig({}), databaseUrl}, 'letters', migrations({}));
  const {rows} = await sql<{ssl: boolean}>`
    select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(database);
  await database.destroy();
  return rows[0]?.ssl;
}

/** Made by openssl; undefined where there is none, which is said. */
async function makeCertificate(t: ExecutionContext): Promise<{file: string; key: string} | undefined> {
  const place = folder(t);
  const [file, key] = [path.join(place, 'certificate.pem'), path.join(place, 'key.pem')];
  const words = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout ${key} -out ${file}`;
  try {
    await run('openssl', [...words.split(' '), '-addext', 'subjectAltName=DNS:localhost']);
  } catch (error) {
    return skip(
      t,
      `there is no openssl to make a certificate with: ${error instanceof Error ? error.message : error}`,
    );
  }
  await chmod(place, 0o755);
  await chmod(key, 0o600);
  if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(key, runAs.uid, runAs.gid);
  return {file, key};
}
