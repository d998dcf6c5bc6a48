import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chown, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {freePort} from '../kit/ports.ts';
import {leash} from './leash.ts';
import {postgresPrograms, run, runAs, superuser} from './postgres-programs.ts';

/** What tests do without: all of it is thrown away. */
const settings = {
  fsync: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '16MB',
};

/** A PostgreSQL of one test file, on a folder and a port of its own that outlast its restarts. */
export class Postgres {
  readonly port: number;
  readonly #folder: string;
  readonly #bin: string;
  #server: ChildProcess | undefined;
  #databases = 0;

  private constructor(port: number, folder: string, bin: string) {
    this.port = port;
    this.#folder = folder;
    this.#bin = bin;
  }

  static async start(): Promise<Postgres> {
    const {bin, template} = await postgresPrograms();
    const folder = await mkdtemp(path.join(tmpdir(), 'dip-postgres-'));
    if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(folder, runAs.uid, runAs.gid);
    await run('cp', ['-Rp', template, path.join(folder, 'data')]);
    const postgres = new Postgres(await freePort(), folder, bin);
    await postgres.start();
    return postgres;
  }

  /** The URL of a database, for the superuser. */
  url(database = 'postgres'): string {
    const {name, password} = superuser;
    return `postgres://${name}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes an empty database. Returns its URL. */
  async newDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test_${this.#databases}`;
    await this.query(`create database ${name}`);
    return this.url(name);
  }

  /** Asks a database, on a connection of its own. */
  async query(text: string, url = this.url()): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({connectionString: url});
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Starts it, again after a stop, and waits until it takes connections. */
  async start(): Promise<void> {
    const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(
      path.join(this.#bin, 'postgres'),
      ['-D', path.join(this.#folder, 'data'), '-p', String(this.port), ...words],
      {...runAs, env: {}, stdio: ['ignore', 'ignore', 'pipe']},
    );
    this.#server = server;
    server.once('exit', leash(server.pid ?? 0));
    let said = '';
    const {promise: isUp, resolve, reject} = Promise.withResolvers<void>();
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-10_000);
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
    await isUp;
  }

  /** Ends it in peace: connections are told and closed. */
  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  /** Ends it as a crash does: no connection is told, and the next start has to recover. */
  crash(): Promise<void> {
    return this.#end('SIGQUIT');
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    await this.crash();
    await rm(this.#folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 50});
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
}

/** The same database for another role. */
export function roleUrl(databaseUrl: string, role: string, password: string): string {
  return Object.assign(new URL(databaseUrl), {username: role, password}).href;
}
