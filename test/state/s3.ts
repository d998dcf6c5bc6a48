import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, open, rm} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {AwsClient} from 'aws4fetch';
import {freePort} from '../kit/ports.ts';
import {leash} from './leash.ts';
import {versitygw} from './versitygw.ts';

/** The keys of every S3 server of the tests. */
export const s3Keys = {
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'sEcr3t/of+the=tests',
  sessionToken: undefined,
  region: undefined,
};

/** An S3 server of one test file, on a folder and a port of its own that outlast its restarts. */
export class S3 {
  readonly port: number;
  readonly #folder: string;
  readonly #program: string;
  #server: ChildProcess | undefined;
  #buckets = 0;

  private constructor(port: number, folder: string, program: string) {
    this.port = port;
    this.#folder = folder;
    this.#program = program;
  }

  /** @throws Error when there is no such server for this machine. */
  static async start(): Promise<S3> {
    const program = await versitygw();
    const s3 = new S3(await freePort(), await mkdtemp(path.join(tmpdir(), 'dip-s3-')), program);
    await s3.start();
    return s3;
  }

  /** What `BLOBS_URL` says of a bucket. */
  url(bucket: string): string {
    return `s3://${bucket}?endpoint=http://127.0.0.1:${this.port}`;
  }

  /** Makes an empty bucket. Returns its name. */
  async newBucket(): Promise<string> {
    this.#buckets += 1;
    const bucket = `test-${this.#buckets}`;
    await this.ask('PUT', bucket);
    return bucket;
  }

  /** Asks it something, past the code that is tested. */
  async ask(method: string, pathname: string, body?: string): Promise<string> {
    const {accessKeyId, secretAccessKey} = s3Keys;
    const client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      service: 's3',
      region: 'us-east-1',
      retries: 0,
    });
    const request = {method, ...(body === undefined ? {} : {body})};
    const answer = await client.fetch(`http://127.0.0.1:${this.port}/${pathname}`, request);
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`The S3 server answered ${answer.status} to ${method} ${pathname}: ${text}`);
    return text;
  }

  /** The names of a bucket's objects below a prefix. */
  async names(bucket: string, prefix: string): Promise<Set<string>> {
    const names = new Set<string>();
    for (let after = ''; ; ) {
      const page = await this.ask('GET', `${bucket}?list-type=2&prefix=${prefix}&start-after=${after}`);
      for (const [, name = ''] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) names.add(name);
      if (!page.includes('<IsTruncated>true')) return names;
      after = [...names].at(-1) ?? '';
    }
  }

  /** Changes one byte of an object behind its back, as a disk may. */
  async spoil(bucket: string, key: string): Promise<void> {
    const object = await open(path.join(this.#folder, bucket, key), 'r+');
    await object.write('X', 1);
    await object.close();
  }

  /** Starts it, again after a stop, and waits until it takes connections. */
  async start(): Promise<void> {
    const words = ['--port', `127.0.0.1:${this.port}`, '--quiet', '--keep-alive'];
    const keys = {ROOT_ACCESS_KEY: s3Keys.accessKeyId, ROOT_SECRET_KEY: s3Keys.secretAccessKey};
    const server = spawn(this.#program, [...words, 'posix', this.#folder], {env: keys, stdio: 'pipe'});
    this.#server = server;
    server.once('exit', leash(server.pid ?? 0));
    let said = '';
    for (const output of [server.stdout, server.stderr])
      output.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString('utf8')).slice(-5_000);
      });
    while (!(await this.#isUp())) {
      if (server.exitCode !== null) throw new Error(`The S3 server ended with ${server.exitCode}: ${said}`);
      await wait(10);
    }
  }

  /** Ends it without a chance to tidy up. */
  async crash(): Promise<void> {
    const server = this.#server;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    await this.crash();
    await rm(this.#folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 50});
  }

  #isUp(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('connect', () => socket.destroy()).once('error', () => resolve(false));
      socket.once('close', (hadError) => resolve(!hadError));
    });
  }
}
