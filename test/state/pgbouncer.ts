import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {chmod, chown, cp, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {freePort} from '../kit/ports.ts';
import {leash} from './leash.ts';
import type {PgBouncerProgram} from './pgbouncer-program.ts';
import {runAs, superuser} from './postgres-programs.ts';

/** Connections to the server for each database: fewer than processes want, so that each is handed on all the time. */
const poolSize = 2;

/** A PgBouncer that pools transactions, in front of the PostgreSQL at a port. */
export interface PgBouncer {
  /** The same URL by way of the pooler. */
  through(databaseUrl: string): string;
  remove(): Promise<void>;
}

/** Starts one, and waits until it takes connections. */
export async function startPgBouncer(program: PgBouncerProgram, postgresPort: number): Promise<PgBouncer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-pgbouncer-'));
  const {file, libraries} = runAs.uid === undefined ? program : await copied(program, folder);
  const port = await freePort();
  const users = path.join(folder, 'users');
  const settings = path.join(folder, 'pgbouncer.ini');
  await writeFile(users, `"${superuser.name}" "${superuser.password}"\n`);
  await writeFile(settings, settingsOf({port, postgresPort, users}));
  await chmod(folder, 0o755);
  if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(users, runAs.uid, runAs.gid);
  const bouncer = spawn(file, [settings], {
    ...runAs,
    env: libraries === undefined ? {} : {LD_LIBRARY_PATH: libraries},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  bouncer.once('exit', leash(bouncer.pid ?? 0));
  let said = '';
  const {promise: isUp, resolve, reject} = Promise.withResolvers<void>();
  bouncer.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-10_000);
    if (said.includes('process up')) resolve();
  });
  bouncer.once('error', reject);
  bouncer.once('exit', (code) => reject(new Error(`PgBouncer ended with ${code}: ${said}`)));
  await isUp;
  return {
    through: (databaseUrl) => Object.assign(new URL(databaseUrl), {port: String(port)}).href,
    async remove() {
      const ended = once(bouncer, 'exit');
      bouncer.kill('SIGQUIT');
      await ended;
      await rm(folder, {recursive: true, force: true});
    },
  };
}

/** Where another user finds it: what was fetched lies in a home, which may be its owner's alone. */
async function copied({file, libraries}: PgBouncerProgram, folder: string): Promise<PgBouncerProgram> {
  const own = {file: path.join(folder, 'pgbouncer'), libraries: path.join(folder, 'libraries')};
  await cp(file, own.file);
  if (libraries === undefined) return {file: own.file};
  for (const part of libraries.split(path.delimiter))
    if (existsSync(part)) await cp(part, own.libraries, {recursive: true, dereference: true});
  return own;
}

/** Nothing of it is for DIP's sake: what is left out is as PgBouncer has it. */
function settingsOf({
  port,
  postgresPort,
  users,
}: {
  port: number;
  postgresPort: number;
  users: string;
}): string {
  return `[databases]
* = host=127.0.0.1 port=${postgresPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${poolSize}
`;
}
