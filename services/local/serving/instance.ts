import type {ChildProcess} from 'node:child_process';
import {createWriteStream} from 'node:fs';
import http from 'node:http';
import {createServer} from 'node:net';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {KnativeService} from '../manifests/manifests.ts';
import {killGroup, spawnOnLeash} from './leash.ts';

/** Where and how services are started. */
export interface Launch {
  /** The environment that all services inherit, before their own. */
  environment: Readonly<Record<string, string | undefined>>;
  /** What stands for the word `dip` in a command. */
  dip: readonly string[];
  directory: string;
  /** A log file for each service is kept here. */
  logFolder: string;
}

/** A process that runs a service. */
export interface Instance {
  /** Its address: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, with a sentence that says how. */
  readonly ended: Promise<string>;
  /** Tells it to end, and makes it after some seconds. */
  stop(): Promise<void>;
}

/** How long a service may take until it is ready, and to end its work when told to stop. */
const startMs = 30_000;
const drainMs = 10_000;

/**
 * Starts a process of a service and waits until it is ready.
 *
 * @throws Error with what it said last, when it ends before or is not ready in time.
 */
export async function launch(
  service: KnativeService,
  env: Readonly<Record<string, string>>,
  options: Launch,
): Promise<Instance> {
  const {name, namespace, command} = service;
  if (command === null) {
    throw new Error(
      `Service ${namespace}/${name} can't be started here: its template has no annotation dip.dev/command (${service.file}).`,
    );
  }
  const port = await freePort();
  const environment = {...options.environment, ...knativeEnvironment(service, port), ...env};
  const words = command[0] === 'dip' ? [...options.dip, ...command.slice(1)] : command;
  const child = spawnOnLeash(words, {environment, directory: options.directory});
  const lastWords = keepLog(child, path.join(options.logFolder, `${name}.log`));
  const ended = endOf(child, lastWords);
  const instance = {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended),
  };
  await untilReady(instance, service);
  return instance;
}

/** Knative's runtime contract: what every container finds in its environment. */
function knativeEnvironment({name}: KnativeService, port: number): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    K_SERVICE: name,
    K_CONFIGURATION: name,
    K_REVISION: `${name}-00001`,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Writes what a process says to its log file; the result gives its last line on standard error. */
function keepLog(child: ChildProcess, file: string): () => string {
  const log = createWriteStream(file, {flags: 'a'});
  log.on('error', () => {});
  let last = '';
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk);
    last = `${last}${chunk.toString('utf8')}`.slice(-2000);
  });
  child.once('close', () => log.end());
  return () =>
    last
      .trim()
      .split('\n')
      .find((line) => /error|expected|not /i.test(line)) ??
    last.trim().split('\n').at(-1) ??
    '';
}

function endOf(child: ChildProcess, lastWords: () => string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      child.stdin?.destroy();
      const words = lastWords();
      resolve(
        `${signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`}${words === '' ? '' : `: ${words.slice(0, 400)}`}`,
      );
    });
  });
}

async function untilReady(instance: Instance, {name, readinessPath}: KnativeService): Promise<void> {
  const deadline = Date.now() + startMs;
  let end: string | undefined;
  void instance.ended.then((sentence) => {
    end = sentence;
  });
  while (!(await answers(`${instance.url}${readinessPath ?? '/'}`, readinessPath !== null))) {
    if (end !== undefined) throw new Error(`Service ${name} did not start: ${end}`);
    if (Date.now() > deadline) {
      await instance.stop();
      throw new Error(
        `Service ${name} was not ready within ${startMs / 1000} s: ${instance.url}${readinessPath ?? '/'} did not answer 200.`,
      );
    }
    await wait(10);
  }
}

/** Whether something answers; `isProbe` asks for a 2xx too. */
function answers(url: string, isProbe: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(url, {agent: false}, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 500;
      resolve(!isProbe || (status >= 200 && status < 300));
    });
    request.setTimeout(1000, () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const isOver = await Promise.race([ended.then(() => true), wait(drainMs, false, {ref: false})]);
  if (!isOver) killGroup(child);
  await ended;
}
